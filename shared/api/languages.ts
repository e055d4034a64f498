/** Languages of mails, problem titles and the web app; the first is the default. */
export const languages = ['en', 'es', 'fr', 'de', 'ja', 'ar'] as const
export type Language = (typeof languages)[number]
