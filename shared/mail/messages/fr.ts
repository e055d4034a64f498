import type { Messages } from './messages.ts'

/** The spaces before colons are no-break spaces, as French typography wants them. */
export const fr: Messages = {
  greeting: 'Bonjour {name},',
  plainGreeting: 'Bonjour,',
  fact: '{label}\u00A0: {value}',
  somebody: 'Quelqu’un',
  unnamed: 'Sans nom',
  task: 'Tâche',
  project: 'Projet',
  workspace: 'Espace de travail',
  due: 'Échéance',
  remindAt: 'Rappel prévu pour',
  lateBy: 'Retard',
  assignedBy: 'Attribuée par',
  invitedBy: 'Invitation de',
  role: 'Rôle',
  expires: 'Valable jusqu’au',
  openTask: 'Ouvrir la tâche',
  assignedSubject: '{actor} vous a attribué {key}\u00A0: {title}',
  assignedIntro: '{actor} vous a attribué une tâche.',
  assignedReason: 'Vous recevez ce message parce que la tâche vous a été attribuée.',
  bulkSubject: '{actor} vous a attribué des tâches ({count})',
  bulkIntro: '{actor} vous a attribué des tâches en une seule fois.',
  taskCount: 'Nombre de tâches',
  bulkAction: 'Ouvrir l’espace de travail',
  bulkReason: 'Vous recevez ce message parce que des tâches vous ont été attribuées.',
  reminderSubject: 'Rappel\u00A0: {title} ({key})',
  reminderIntro: 'Voici le rappel de cette tâche.',
  reminderReason: 'Vous recevez ce message parce que la tâche comporte un rappel.',
  lateSubject: 'Rappel en retard\u00A0: {title} ({key})',
  lateNotice: 'Ce rappel arrive en retard. Il était prévu pour\u00A0: {time}. Retard\u00A0: {duration}.',
  welcomeSubject: 'Bienvenue sur Duely',
  welcomeIntro: 'Votre adresse est confirmée et votre compte est prêt.',
  welcomeAction: 'Ouvrir Duely',
  welcomeReason: 'Vous recevez ce message parce qu’un compte a été ouvert avec cette adresse.',
  farewellSubject: 'Votre compte a été supprimé',
  farewellIntro:
    'Votre compte Duely a été supprimé, avec tout ce qui n’appartenait qu’à lui. Les tâches restent dans vos équipes, sans votre nom.',
  farewellReason:
    'Vous recevez ce dernier message parce que le compte lié à cette adresse a été supprimé. Elle peut servir à en ouvrir un autre à tout moment.',
  mfaAt: 'Quand',
  mfaCodesLeft: 'Codes de récupération restants',
  mfaReason:
    'Vous recevez ce message parce que la sécurité de votre compte a changé. Si ce n’était pas vous, réinitialisez votre mot de passe, puis déconnectez-vous partout.',
  mfa: {
    enabled: {
      subject: 'La connexion en deux étapes est activée',
      intro:
        'Désormais, la connexion à votre compte demande un code de votre application d’authentification en plus du mot de passe.',
    },
    disabled: {
      subject: 'La connexion en deux étapes est désactivée',
      intro: 'Désormais, le mot de passe suffit pour se connecter à votre compte.',
    },
    recoveryCodeUsed: {
      subject: 'Un code de récupération a été utilisé',
      intro:
        'Quelqu’un s’est identifié à votre place avec un code de récupération au lieu de votre application d’authentification. Ce code ne sert plus. Si vous avez perdu l’application, désactivez la connexion en deux étapes et enregistrez-en une autre.',
    },
    recoveryCodesRenewed: {
      subject: 'Vous avez de nouveaux codes de récupération',
      intro:
        'De nouveaux codes de récupération ont été créés pour votre compte. Les anciens ne fonctionnent plus.',
    },
  },
  invitedSubject: '{actor} vous invite dans {workspace}',
  invitedIntro: '{actor} vous invite à collaborer dans {workspace}.',
  invitedAction: 'Voir l’invitation',
  invitedReason:
    'Si vous ne connaissez pas cette personne, ignorez ce message\u00A0: rien ne se fera sans vous.',
  roles: {
    owner: 'Propriétaire',
    admin: 'Administrateur',
    manager: 'Responsable',
    member: 'Membre',
    guest: 'Invité',
  },
}
