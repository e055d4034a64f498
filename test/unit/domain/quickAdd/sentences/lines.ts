import type { Sentence } from './sentence.ts'

/** Bullets, quotes and white space. */
export const wholes: readonly Sentence[] = [
  ['- Milk ⟨tag=shop|#shop⟩', 'Milk'],
  ['* Milk', 'Milk'],
  ['• Milk', 'Milk'],
  ['- [ ] Milk ⟨date=2026-11-19|tomorrow⟩', 'Milk', '2026-11-19'],
  ['[ ] Milk', 'Milk'],
  ['- ⟨?|[x]⟩ Milk ⟨date=2026-11-19|tomorrow⟩', '[x] Milk', '2026-11-19'],
  ['[Xerox] paper', '[Xerox] paper'],
  ['-5 degrees', '-5 degrees'],
  ['"Pay rent tomorrow #home !high"', 'Pay rent tomorrow #home !high'],
  ['“Pay rent tomorrow”', 'Pay rent tomorrow'],
  ['- "Pay  rent \\#1"', 'Pay  rent \\#1'],
  ['"a" and "b"', '"a" and "b"'],
  ['Read "Monday Blues" ⟨date=2026-11-19|tomorrow⟩', 'Read "Monday Blues"', '2026-11-19'],
  ['  Two   words\t⟨tag=a|#a⟩  here ', 'Two words here'],
  ['👩‍👩‍👧 trip ⟨date=2026-11-19|tomorrow⟩ ⟨tag=é́|#é́⟩', '👩‍👩‍👧 trip', '2026-11-19'],
]
