import { type Bulletin, type BulletinEffect, isBehind } from './bulletin.ts'

/** Effects of one kind wait once: only the latest counts. */
export function withEffect(bulletin: Bulletin, effect: BulletinEffect): Bulletin {
  if (bulletin.pending.some((waiting) => waiting.effect.kind === effect.kind)) return bulletin
  const number = bulletin.effects + 1
  return { ...bulletin, effects: number, pending: [...bulletin.pending, { id: `${number}`, effect, attempt: 0 }] }
}

/** What the message does not tell yet is drawn. */
export const withShow = (bulletin: Bulletin): Bulletin =>
  isBehind(bulletin) ? withEffect(bulletin, { kind: 'show' }) : bulletin
