import type { Messages } from './messages.ts'

export const de: Messages = {
  greeting: 'Hallo {name},',
  plainGreeting: 'Hallo,',
  fact: '{label}: {value}',
  somebody: 'Jemand',
  unnamed: 'Ohne Namen',
  task: 'Aufgabe',
  project: 'Projekt',
  workspace: 'Arbeitsbereich',
  due: 'Fällig',
  remindAt: 'Erinnerung vorgesehen für',
  lateBy: 'Verspätung',
  assignedBy: 'Zugewiesen von',
  invitedBy: 'Eingeladen von',
  role: 'Rolle',
  expires: 'Gültig bis',
  openTask: 'Aufgabe öffnen',
  assignedSubject: '{actor} hat dir {key} zugewiesen: {title}',
  assignedIntro: '{actor} hat dir eine Aufgabe zugewiesen.',
  assignedReason: 'Du bekommst diese E-Mail, weil dir die Aufgabe zugewiesen wurde.',
  bulkSubject: '{actor} hat dir Aufgaben zugewiesen ({count})',
  bulkIntro: '{actor} hat dir auf einmal Aufgaben zugewiesen.',
  taskCount: 'Anzahl der Aufgaben',
  bulkAction: 'Arbeitsbereich öffnen',
  bulkReason: 'Du bekommst diese E-Mail, weil dir Aufgaben zugewiesen wurden.',
  reminderSubject: 'Erinnerung: {title} ({key})',
  reminderIntro: 'Hier ist die Erinnerung an diese Aufgabe.',
  reminderReason: 'Du bekommst diese E-Mail, weil an der Aufgabe eine Erinnerung eingestellt ist.',
  lateSubject: 'Verspätete Erinnerung: {title} ({key})',
  lateNotice: 'Diese Erinnerung kommt zu spät. Vorgesehen war: {time}. Verspätung: {duration}.',
  welcomeSubject: 'Willkommen bei Duely',
  welcomeIntro: 'Deine Adresse ist bestätigt und dein Konto ist bereit.',
  welcomeAction: 'Duely öffnen',
  welcomeReason: 'Du bekommst diese E-Mail, weil mit dieser Adresse ein Konto eröffnet wurde.',
  farewellSubject: 'Dein Konto wurde gelöscht',
  farewellIntro:
    'Dein Konto bei Duely wurde gelöscht, mit allem, was nur dazu gehörte. Aufgaben bleiben ohne deinen Namen bei deinen Teams.',
  farewellReason:
    'Du bekommst diese letzte E-Mail, weil das Konto mit dieser Adresse gelöscht wurde. Mit der Adresse kann jederzeit ein neues eröffnet werden.',
  mfaAt: 'Wann',
  mfaCodesLeft: 'Verbleibende Wiederherstellungscodes',
  mfaReason:
    'Du bekommst diese E-Mail, weil sich die Sicherheit deines Kontos geändert hat. Warst du es nicht, dann setze dein Passwort zurück und melde dich überall ab.',
  mfa: {
    enabled: {
      subject: 'Die Anmeldung in zwei Schritten ist eingeschaltet',
      intro:
        'Von nun an braucht die Anmeldung an deinem Konto neben dem Passwort auch einen Code deiner Authentifizierungs-App.',
    },
    disabled: {
      subject: 'Die Anmeldung in zwei Schritten ist ausgeschaltet',
      intro: 'Von nun an genügt für die Anmeldung an deinem Konto das Passwort.',
    },
    recoveryCodeUsed: {
      subject: 'Ein Wiederherstellungscode wurde verwendet',
      intro:
        'Jemand hat sich mit einem Wiederherstellungscode anstelle deiner Authentifizierungs-App ausgewiesen. Dieser Code ist verbraucht. Hast du die App verloren, dann schalte die Anmeldung in zwei Schritten aus und richte eine andere ein.',
    },
    recoveryCodesRenewed: {
      subject: 'Du hast neue Wiederherstellungscodes',
      intro: 'Für dein Konto wurden neue Wiederherstellungscodes erstellt. Die früheren gelten nicht mehr.',
    },
  },
  invitedSubject: '{actor} lädt dich zu {workspace} ein',
  invitedIntro: '{actor} lädt dich ein, in {workspace} mitzuarbeiten.',
  invitedAction: 'Einladung ansehen',
  invitedReason: 'Wenn du nicht weißt, wer dich einlädt, ignoriere diese E-Mail: Ohne dich geschieht nichts.',
  roles: {
    owner: 'Eigentümer',
    admin: 'Administrator',
    manager: 'Manager',
    member: 'Mitglied',
    guest: 'Gast',
  },
}
