import { clip, plain } from './format.ts'

/** The few kinds of Slack blocks we draw, as plain objects; every maker clips to Slack's limits. */
export interface PlainText {
  type: 'plain_text'
  text: string
  emoji: boolean
}
export interface Markdown {
  type: 'mrkdwn'
  text: string
}
export interface Option {
  text: PlainText
  value: string
  description?: PlainText
}
export interface Button {
  type: 'button'
  action_id: string
  text: PlainText
  value: string
  style?: 'primary' | 'danger'
  /** Asked before the press counts. */
  confirm?: { title: PlainText; text: PlainText; confirm: PlainText; deny: PlainText }
}
export interface Overflow {
  type: 'overflow'
  action_id: string
  options: Option[]
}
export interface Select {
  type: 'static_select'
  action_id: string
  options: Option[]
  initial_option?: Option
}
export interface UsersSelect {
  type: 'users_select'
  action_id: string
}
export interface TextInput {
  type: 'plain_text_input'
  action_id: string
  multiline: boolean
  min_length: number
  max_length: number
  initial_value?: string
}

/** Slack's own line chart. Every series has a point for each category. */
export interface LineChart {
  type: 'line'
  series: { name: string; data: { label: string; value: number }[] }[]
  axis_config: { categories: string[]; x_label: string; y_label: string }
}

export type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: Markdown; accessory?: Button }
  | { type: 'context'; elements: Markdown[] }
  | { type: 'divider' }
  | { type: 'actions'; block_id: string; elements: (Button | Overflow)[] }
  | { type: 'data_visualization'; title: string; chart: LineChart }
  | {
      type: 'input'
      block_id: string
      label: PlainText
      element: Select | UsersSelect | TextInput
      hint?: PlainText
      optional?: boolean
    }

export interface Message {
  /** For push, watch and screen reader: what a reader gets who sees no blocks. */
  text: string
  blocks: Block[]
}

/** The Home tab, which each person sees for themselves. */
export interface HomeView {
  type: 'home'
  blocks: Block[]
  private_metadata: string
}

export interface View {
  type: 'modal'
  title: PlainText
  blocks: Block[]
  submit?: PlainText
  close: PlainText
  callback_id?: string
  private_metadata?: string
}

/** Slack takes 3,000 a section, but about 13,000 in a whole message: six of these, a chart and the rest fit. */
const mostInSection = 1_500
const mostInContext = 600
const mostInFallback = 900

export const plainText = (text: string, most: number): PlainText => ({
  type: 'plain_text',
  text: plain(text, most),
  emoji: true,
})

export const header = (text: string): Block => ({ type: 'header', text: plainText(text, 150) })

/** Lines of ready mrkdwn; those that are undefined are left out. */
export const section = (...lines: (string | undefined)[]): Block => ({
  type: 'section',
  text: { type: 'mrkdwn', text: clip(present(lines).join('\n'), mostInSection) },
})

/** A section, or nothing when it would have nothing to say. */
export const sectionOf = (lines: readonly (string | undefined)[]): Block[] =>
  present(lines).length === 0 ? [] : [section(...lines)]

export const context = (text: string): Block => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text: clip(text, mostInContext) }],
})

export const message = (text: string, blocks: Block[]): Message => ({ text: clip(text, mostInFallback), blocks })

export const present = (lines: readonly (string | undefined)[]): string[] =>
  lines.filter((line): line is string => line !== undefined && line !== '')
