import { emojify } from 'node-emoji'

/** Plain text of a label or a button with its emoji drawn; a name nobody knows stays as it is. */
export const emojified = (text: string): string => emojify(text)
