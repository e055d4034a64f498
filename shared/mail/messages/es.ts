import type { Messages } from './messages.ts'

export const es: Messages = {
  greeting: 'Hola, {name}:',
  plainGreeting: 'Hola:',
  fact: '{label}: {value}',
  somebody: 'Alguien',
  unnamed: 'Sin nombre',
  task: 'Tarea',
  project: 'Proyecto',
  workspace: 'Espacio de trabajo',
  due: 'Vencimiento',
  remindAt: 'Recordatorio previsto para',
  lateBy: 'Retraso',
  assignedBy: 'Asignada por',
  invitedBy: 'Invitación de',
  role: 'Rol',
  expires: 'Válida hasta',
  openTask: 'Abrir la tarea',
  assignedSubject: '{actor} te ha asignado {key}: {title}',
  assignedIntro: '{actor} te ha asignado una tarea.',
  assignedReason: 'Recibes este correo porque se te ha asignado la tarea.',
  bulkSubject: '{actor} te ha asignado tareas ({count})',
  bulkIntro: '{actor} te ha asignado tareas de una sola vez.',
  taskCount: 'Número de tareas',
  bulkAction: 'Abrir el espacio de trabajo',
  bulkReason: 'Recibes este correo porque se te han asignado tareas.',
  reminderSubject: 'Recordatorio: {title} ({key})',
  reminderIntro: 'Te recordamos esta tarea.',
  reminderReason: 'Recibes este correo porque la tarea tiene un recordatorio.',
  lateSubject: 'Recordatorio con retraso: {title} ({key})',
  lateNotice: 'Este recordatorio llega con retraso. Estaba previsto para: {time}. Retraso: {duration}.',
  welcomeSubject: 'Te damos la bienvenida a Duely',
  welcomeIntro: 'Tu dirección está confirmada y tu cuenta está lista.',
  welcomeAction: 'Abrir Duely',
  welcomeReason: 'Recibes este correo porque se ha abierto una cuenta con esta dirección.',
  farewellSubject: 'Tu cuenta se ha eliminado',
  farewellIntro:
    'Tu cuenta de Duely se ha eliminado, con todo lo que era solo suyo. Las tareas se quedan en tus equipos, sin tu nombre.',
  farewellReason:
    'Recibes este último correo porque se ha eliminado la cuenta con esta dirección. Con ella se puede abrir otra cuando quieras.',
  mfaAt: 'Cuándo',
  mfaCodesLeft: 'Códigos de recuperación restantes',
  mfaReason:
    'Recibes este correo porque ha cambiado la seguridad de tu cuenta. Si no has sido tú, restablece tu contraseña y después cierra la sesión en todas partes.',
  mfa: {
    enabled: {
      subject: 'La verificación en dos pasos está activada',
      intro:
        'A partir de ahora, para entrar en tu cuenta hace falta, además de la contraseña, un código de tu aplicación de autenticación.',
    },
    disabled: {
      subject: 'La verificación en dos pasos está desactivada',
      intro: 'A partir de ahora, para entrar en tu cuenta basta con la contraseña.',
    },
    recoveryCodeUsed: {
      subject: 'Se ha usado un código de recuperación',
      intro:
        'Alguien se ha identificado como tú con un código de recuperación en lugar de tu aplicación de autenticación. Ese código ya no sirve. Si has perdido la aplicación, desactiva la verificación en dos pasos y configura otra.',
    },
    recoveryCodesRenewed: {
      subject: 'Tienes códigos de recuperación nuevos',
      intro: 'Se han creado códigos de recuperación nuevos para tu cuenta. Los anteriores ya no sirven.',
    },
  },
  invitedSubject: '{actor} te invita a {workspace}',
  invitedIntro: '{actor} te invita a colaborar en {workspace}.',
  invitedAction: 'Ver la invitación',
  invitedReason: 'Si no conoces a quien te invita, ignora este correo: sin ti no ocurre nada.',
  roles: {
    owner: 'Propietario',
    admin: 'Administrador',
    manager: 'Responsable',
    member: 'Miembro',
    guest: 'Invitado',
  },
}
