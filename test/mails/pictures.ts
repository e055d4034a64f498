/**
 * Takes pictures of every mail in every language, as a phone shows them, light above dark: one contact sheet a language.
 *
 *   node test/mails/pictures.ts [folder]    (docs/mails by default)
 *
 * Needs Chromium, by default at /usr/bin/chromium (`apt-get install chromium`), or where CHROMIUM_PATH says; and fonts
 * for Japanese and Arabic (`apt-get install fonts-noto-core fonts-noto-cjk`).
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { type Language, languages } from '../../shared/api/languages.ts'
import { escapeHtml } from '../../shared/mail/escapeHtml.ts'
import { renderMail } from '../../shared/mail/render.ts'
import { readerOf, samplesOf } from './samples.ts'

const settings = { publicUrl: 'https://duely.example', sender: 'duely@duely.example', unsubscribeKey: 'key' }
const columns = 6
const mailWidth = 380
const quality = 0.5

const frameOf = ({ subject, html }: { readonly subject: string; readonly html: string }): string =>
  `<figure><figcaption dir="auto">${escapeHtml(subject)}</figcaption>` +
  `<iframe srcdoc="${escapeHtml(html)}" width="${mailWidth}" height="100"></iframe></figure>`

/** A page of all mails, each in a frame of its own. */
const sheetOf = (language: Language): string => {
  const mails = samplesOf(language).map((notice) => renderMail(notice, readerOf(language), settings))
  return `<!DOCTYPE html><html lang="${language}"><meta charset="utf-8"><style>
:root{color-scheme:light dark}body{margin:12px;columns:${columns};column-gap:12px;font:13px sans-serif}
figure{margin:0 0 12px;break-inside:avoid}figcaption{padding:4px;font-weight:bold}iframe{border:0;display:block}
</style><body>${mails.map(frameOf).join('')}</body></html>`
}

/** Run in the page: makes every frame as high as its mail. */
const unfold = `for (const frame of document.querySelectorAll('iframe'))
  frame.height = frame.contentDocument.documentElement.scrollHeight`

/** Run in a page: one picture below the other, as WebP, which the browser can write and its driver cannot. */
const combining = `async (pictures, quality) => {
  const images = await Promise.all(pictures.map(async (data) => {
    const image = new Image()
    image.src = 'data:image/png;base64,' + data
    await image.decode()
    return image
  }))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(...images.map(({ width }) => width))
  canvas.height = images.reduce((sum, { height }) => sum + height, 0)
  let y = 0
  for (const image of images) {
    canvas.getContext('2d').drawImage(image, 0, y)
    y += image.height
  }
  return canvas.toDataURL('image/webp', quality)
}`

async function pictureOf(browser: Browser, language: Language, colorScheme: 'light' | 'dark') {
  const width = columns * (mailWidth + 12) + 12
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  await page.setContent(sheetOf(language), { waitUntil: 'load' })
  await page.evaluate(unfold)
  const picture = await page.screenshot({ fullPage: true })
  await page.close()
  return picture.toString('base64')
}

async function combine(browser: Browser, pictures: readonly string[]): Promise<Buffer> {
  const page = await browser.newPage()
  const url = await page.evaluate<string>(`(${combining})(${JSON.stringify(pictures)}, ${quality})`)
  await page.close()
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

const folder = process.argv[2] ?? join(import.meta.dirname, '../../docs/mails')
const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  await mkdir(folder, { recursive: true })
  for (const language of languages) {
    const light = await pictureOf(browser, language, 'light')
    const dark = await pictureOf(browser, language, 'dark')
    const sheet = await combine(browser, [light, dark])
    await writeFile(join(folder, `${language}.webp`), sheet)
    console.log(`${String(sheet.length).padStart(8)}  ${language}.webp`)
  }
} finally {
  await browser.close()
}
