import type { Language } from '../api/languages.ts'
import { type ProblemCode, problems } from '../api/problems.ts'

type Titles = Readonly<Record<ProblemCode, string>>

const es: Titles = {
  'malformed-json': 'El cuerpo no es JSON válido',
  'invalid-request': 'La petición tiene campos no válidos',
  'invalid-cursor': 'El cursor no pertenece a esta consulta',
  'invalid-code': 'El código es incorrecto o ha caducado',
  'invalid-password': 'La contraseña nueva no cumple los requisitos',
  unauthenticated: 'Se necesita un token de acceso válido de una sesión activa',
  'wrong-credentials': 'La dirección o la contraseña es incorrecta',
  'cross-site': 'Esta ruta solo acepta peticiones de su propio origen',
  forbidden: 'Tu rol no lo permite',
  'not-found': 'Aquí no hay nada',
  'method-not-allowed': 'Esta ruta no admite ese método',
  conflict: 'El cambio contradice el estado actual',
  'in-progress': 'La misma petición todavía está en curso',
  'precondition-failed': 'Otra persona ha cambiado los mismos campos',
  'body-too-large': 'El cuerpo supera los 256 KB',
  'unsupported-media-type': 'El cuerpo debe ser application/json',
  'idempotency-mismatch': 'Esta Idempotency-Key ya se usó con otra petición',
  'too-many-requests': 'Demasiadas peticiones',
  internal: 'Algo ha fallado por nuestra parte',
  unavailable: 'Un componente necesario no responde; inténtalo de nuevo',
}

const fr: Titles = {
  'malformed-json': 'Le corps n’est pas du JSON valide',
  'invalid-request': 'La requête contient des champs non valides',
  'invalid-cursor': 'Le curseur n’appartient pas à cette requête',
  'invalid-code': 'Le code est incorrect ou a expiré',
  'invalid-password': 'Le nouveau mot de passe ne respecte pas les règles',
  unauthenticated: 'Il faut un jeton d’accès valide d’une session active',
  'wrong-credentials': 'L’adresse ou le mot de passe est incorrect',
  'cross-site': 'Cette route n’accepte que les requêtes de sa propre origine',
  forbidden: 'Votre rôle ne le permet pas',
  'not-found': 'Il n’y a rien ici',
  'method-not-allowed': 'Ce chemin n’admet pas cette méthode',
  conflict: 'La modification contredit l’état actuel',
  'in-progress': 'La même requête est encore en cours',
  'precondition-failed': 'Quelqu’un d’autre a modifié les mêmes champs',
  'body-too-large': 'Le corps dépasse 256 Ko',
  'unsupported-media-type': 'Le corps doit être au format application/json',
  'idempotency-mismatch': 'Cette Idempotency-Key a déjà servi pour une autre requête',
  'too-many-requests': 'Trop de requêtes',
  internal: 'Une erreur est survenue de notre côté',
  unavailable: 'Un composant nécessaire ne répond pas\u00A0; réessayez',
}

const de: Titles = {
  'malformed-json': 'Der Inhalt ist kein gültiges JSON',
  'invalid-request': 'Die Anfrage enthält ungültige Felder',
  'invalid-cursor': 'Der Cursor gehört nicht zu dieser Abfrage',
  'invalid-code': 'Der Code ist falsch oder abgelaufen',
  'invalid-password': 'Das neue Passwort erfüllt die Regeln nicht',
  unauthenticated: 'Ein gültiges Zugriffstoken einer laufenden Sitzung ist nötig',
  'wrong-credentials': 'Die Adresse oder das Passwort ist falsch',
  'cross-site': 'Diese Route nimmt nur Anfragen des eigenen Ursprungs an',
  forbidden: 'Deine Rolle erlaubt das nicht',
  'not-found': 'Hier ist nichts',
  'method-not-allowed': 'Diesen Pfad gibt es mit dieser Methode nicht',
  conflict: 'Die Änderung widerspricht dem jetzigen Stand',
  'in-progress': 'Dieselbe Anfrage läuft noch',
  'precondition-failed': 'Jemand anderes hat dieselben Felder geändert',
  'body-too-large': 'Der Inhalt ist größer als 256 KB',
  'unsupported-media-type': 'Der Inhalt muss application/json sein',
  'idempotency-mismatch': 'Dieser Idempotency-Key wurde mit einer anderen Anfrage verwendet',
  'too-many-requests': 'Zu viele Anfragen',
  internal: 'Bei uns ist etwas schiefgegangen',
  unavailable: 'Ein benötigter Teil antwortet nicht; bitte noch einmal versuchen',
}

const ja: Titles = {
  'malformed-json': '本文が正しい JSON ではありません',
  'invalid-request': 'リクエストに無効な項目があります',
  'invalid-cursor': 'カーソルがこの検索条件のものではありません',
  'invalid-code': 'コードが正しくないか、期限が切れています',
  'invalid-password': '新しいパスワードが要件を満たしていません',
  unauthenticated: '有効なセッションのアクセストークンが必要です',
  'wrong-credentials': 'アドレスまたはパスワードが正しくありません',
  'cross-site': 'このルートは同じオリジンからのリクエストのみ受け付けます',
  forbidden: 'あなたの役割では許可されていません',
  'not-found': 'ここには何もありません',
  'method-not-allowed': 'このパスではそのメソッドを使えません',
  conflict: '変更が現在の状態と矛盾しています',
  'in-progress': '同じリクエストがまだ処理中です',
  'precondition-failed': '他の人が同じ項目を変更しました',
  'body-too-large': '本文が 256 KB を超えています',
  'unsupported-media-type': '本文は application/json でなければなりません',
  'idempotency-mismatch': 'この Idempotency-Key は別のリクエストで使用されています',
  'too-many-requests': 'リクエストが多すぎます',
  internal: 'サーバー側で問題が発生しました',
  unavailable: '必要な機能が応答していません。もう一度お試しください',
}

const ar: Titles = {
  'malformed-json': 'المحتوى ليس JSON صالحًا',
  'invalid-request': 'في الطلب حقول غير صالحة',
  'invalid-cursor': 'المؤشر لا يخص هذا الاستعلام',
  'invalid-code': 'الرمز خاطئ أو منتهي الصلاحية',
  'invalid-password': 'كلمة المرور الجديدة لا تستوفي الشروط',
  unauthenticated: 'يلزم رمز وصول صالح لجلسة نشطة',
  'wrong-credentials': 'العنوان أو كلمة المرور غير صحيحة',
  'cross-site': 'هذا المسار لا يقبل إلا الطلبات من مصدره نفسه',
  forbidden: 'دورك لا يسمح بذلك',
  'not-found': 'لا يوجد شيء هنا',
  'method-not-allowed': 'هذا المسار لا يدعم هذه الطريقة',
  conflict: 'التغيير يتعارض مع الحالة الحالية',
  'in-progress': 'الطلب نفسه ما زال قيد التنفيذ',
  'precondition-failed': 'غيّر شخص آخر الحقول نفسها',
  'body-too-large': 'المحتوى أكبر من 256 كيلوبايت',
  'unsupported-media-type': 'يجب أن يكون المحتوى من نوع application/json',
  'idempotency-mismatch': 'استُخدم Idempotency-Key هذا مع طلب آخر',
  'too-many-requests': 'عدد الطلبات كبير جدًا',
  internal: 'حدث خطأ من جهتنا',
  unavailable: 'أحد المكونات المطلوبة لا يستجيب؛ حاول مرة أخرى',
}

const en = Object.fromEntries(Object.entries(problems).map(([code, { title }]) => [code, title])) as Record<
  ProblemCode,
  string
>

/** The `title` of each problem document in each language; English comes from the catalogue itself. */
export const problemTitles: Readonly<Record<Language, Titles>> = { en, es, fr, de, ja, ar }
