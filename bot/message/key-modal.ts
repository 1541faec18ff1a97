import type { Incident } from '../incident/incident.ts'
import type { KeyUse } from '../incident/key-use.ts'
import type { KeySeen } from '../remedy/remedy.ts'
import { type Block, context, type Option, plainText, section, sectionOf, type View } from './blocks.ts'
import { clip, code, data } from './format.ts'
import { headline } from './headline.ts'
import { type Look, words } from './look.ts'
import { type Asked, impossible } from './remedy-modal.ts'
import { refusalModal } from './rollback-modal.ts'

/** What the modal shows of the last hour: the use of each key, or why it could not be read. */
export type UsageRead = { is: 'read'; use: KeyUse } | { is: 'unread'; because: string }

const mostKeys = 50
const mostLines = 6
const barLength = 10

/** Which key is to be disabled: the keys that the gateway takes, the most used first, each with its use drawn beside it. */
export function keyModal(
  keys: readonly KeySeen[] | undefined,
  usage: UsageRead,
  incident: Incident,
  look: Look,
  { name, metadata }: Asked,
): View {
  const { modal, remedy, report } = words(look)
  if (keys === undefined) return impossible({ possible: false, why: 'keys-unreadable' }, name, look)
  const counts = new Map(usage.is === 'read' ? usage.use.keys.map((use) => [use.key, use]) : [])
  const usable = keys
    .filter(({ enabled }) => enabled)
    .toSorted((a, b) => (counts.get(b.id)?.count ?? 0) - (counts.get(a.id)?.count ?? 0) || a.name.localeCompare(b.name))
  if (usable.length === 0) return refusalModal(report.keys.none, look)
  const shown = usable.slice(0, mostKeys)
  const left = usable.length - shown.length
  const { each } = remedy
  return {
    type: 'modal',
    title: plainText(each[name].title, 24),
    submit: plainText(remedy.modal.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'remedy.confirm',
    private_metadata: metadata,
    blocks: [
      section(`*${headline(incident, look)}*`),
      ...sectionOf(usageLines(keys, usage, look)),
      keyInput(shown, counts, look),
      section(
        ...(left > 0 ? [report.keys.more(left)] : []),
        remedy.modal.customers(each[name].customers),
        remedy.modal.provenBy(each[name].provenBy),
        remedy.modal.undoing(each[name].value('enabled')),
        remedy.modal.guarded,
      ),
      context(code(incident.id, 200)),
    ],
  }
}

const counted = (n: number): string => n.toLocaleString('en-US')

/** A bar for each of the most used keys, the longest for the most used. */
function usageLines(keys: readonly KeySeen[], usage: UsageRead, look: Look): string[] {
  const { keys: say } = words(look).report
  if (usage.is === 'unread') return [say.usageUnread(data(usage.because, 160))]
  const { use } = usage
  if (use.keys.length === 0) return [say.usage, say.noUsage]
  const most = Math.max(...use.keys.map(({ count }) => count))
  const nameOf = (id: string) => keys.find((key) => key.id === id)?.name ?? id
  const lines = use.keys.slice(0, mostLines).map(({ key, count, refused, addresses, isLeast }) =>
    say.line(bar(count / most), code(nameOf(key), 60), {
      count: counted(count),
      share: `${Math.round((100 * count) / Math.max(1, use.total))} %`,
      refused: counted(refused),
      addresses: say.addresses(addresses, isLeast),
    }),
  )
  return [say.usage, ...lines, ...(use.isWhole ? [] : [say.atLeast])]
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Ten characters wide; in code, where all are equally wide, so that ends can be compared. */
function bar(share: number): string {
  const parts = Math.max(1, Math.round(Math.min(1, share) * barLength * 8))
  const drawn = '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '')
  return drawn.padEnd(barLength, ' ')
}

type Counts = ReadonlyMap<string, KeyUse['keys'][number]>

function keyInput(keys: readonly KeySeen[], counts: Counts, look: Look): Block {
  const { keys: say } = words(look).report
  const options = keys.map(({ id, name }): Option => {
    const count = counts.get(id)?.count
    const named = plainText(name, 75)
    return {
      // A name may be empty, or of nothing that can be seen.
      text: named.text === '' ? plainText(id, 75) : named,
      value: clip(id, 60),
      description: plainText(count === undefined ? say.noOption : say.option(counted(count)), 75),
    }
  })
  return {
    type: 'input',
    block_id: 'key',
    label: plainText(say.pick, 150),
    hint: plainText(say.pickHint, 300),
    // Nothing is picked for the person: the most used key may be the best customer.
    element: { type: 'static_select', action_id: 'id', options },
  }
}
