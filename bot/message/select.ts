import { type Option, plainText, type Select } from './blocks.ts'

/** One of the choices of a menu; `value` is what a submission says. */
export const option = (value: string, text: string): Option => ({ text: plainText(text, 75), value })

/** A menu of a window, with one choice made already: the first unless told. */
export const select = (options: Option[], chosen: Option | undefined = options[0]): Select => ({
  type: 'static_select',
  action_id: 'choice',
  options,
  ...(chosen && { initial_option: chosen }),
})
