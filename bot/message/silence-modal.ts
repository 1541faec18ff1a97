import { longestSilenceReason, Silenced, type SilenceFacts, silenceMinutes } from '../bulletin/silence.ts'
import { plainText, section, sectionOf, type View } from './blocks.ts'
import { duration } from './format.ts'
import { type Look, words } from './look.ts'
import { option, select } from './select.ts'
import { silenceLines } from './silence-message.ts'

/** Asks for all that a silence needs. `running` are those that are on, for whoever would begin the same. */
export function silenceModal(running: readonly SilenceFacts[], look: Look): View {
  const { silence: say, modal } = words(look)
  const lengths = silenceMinutes.map((minutes) => option(String(minutes), duration(minutes * 60_000, look.language)))
  return {
    type: 'modal',
    title: plainText(say.title, 24),
    submit: plainText(say.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'silence.confirm',
    blocks: [
      section(say.intro),
      ...sectionOf(silenceLines(running, look)),
      {
        type: 'input',
        block_id: 'service',
        label: plainText(say.service, 150),
        element: select(Silenced.options.map((of) => option(of, say.services[of]))),
      },
      {
        type: 'input',
        block_id: 'lasts',
        label: plainText(say.lasts, 150),
        hint: plainText(say.lastsHint, 300),
        element: select(lengths),
      },
      {
        type: 'input',
        block_id: 'reason',
        label: plainText(say.why, 150),
        hint: plainText(say.whyHint, 300),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: false,
          min_length: 1,
          max_length: longestSilenceReason,
        },
      },
    ],
  }
}
