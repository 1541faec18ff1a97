import type { Block } from '../../../slack/schema-blocks.ts'

export interface TextStyle {
  bold?: true
  italic?: true
  strike?: true
  code?: true
}

/** Pieces of rich text as Slack documents them, as far as mrkdwn can say them. */
export type Inline = { style?: TextStyle } & (
  | { type: 'text'; text: string }
  | { type: 'link'; url: string; text?: string }
  | { type: 'emoji'; name: string }
  | { type: 'user'; user_id: string }
  | { type: 'usergroup'; usergroup_id: string }
  | { type: 'channel'; channel_id: string }
  | { type: 'broadcast'; range: 'here' | 'channel' | 'everyone' }
  | { type: 'date'; timestamp: number; format: string; url?: string; fallback?: string }
)

export type RichText = Extract<Block, { type: 'rich_text' }>
export type RichTextPart = RichText['elements'][number]
