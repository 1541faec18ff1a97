import type { ReactNode } from 'react'
import type { MessageProps } from 'slack-blocks-to-jsx'
import { unpacked } from './packed-date.ts'
import { useReader } from './reader.ts'
import { slackDate } from './slack-date.ts'

type Hooks = NonNullable<MessageProps['hooks']>
type Named = { id: string; style?: { bold?: boolean } | undefined }

const classes = (own: boolean, style: Named['style']) =>
  `bk-mention${own ? ' bk-mention-own' : ''}${style?.bold ? ' bk-bold' : ''}`

function PersonMention({ id, style }: Named) {
  const { people, me } = useReader()
  const name = people.find((person) => person.id === id)?.real_name ?? id
  return <span className={classes(id === me.id, style)}>@{name}</span>
}

function GroupMention({ id, style }: Named) {
  const { groups, me } = useReader()
  const handle = groups.find((group) => group.id === id)?.handle ?? id
  return <span className={classes(me.groups.includes(id), style)}>@{handle}</span>
}

function ChannelMention({ id, style }: Named) {
  const { channels } = useReader()
  const name = channels.find((channel) => channel.id === id)?.name ?? id
  return (
    <a className={classes(false, style)} href={`/archives/${id}`}>
      #{name}
    </a>
  )
}

const Broadcast = ({ to }: { to: string }) => <span className="bk-mention bk-mention-own">@{to}</span>

/** Addresses of this page's own messages stay plain links, so that the page can follow them without leaving. */
const isOwn = (href: string) => /^(?:https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?)?\/archives\//.test(href)

interface LinkProps {
  href: string
  className?: string | undefined
  label?: string | undefined
  onClick?: (() => void) | undefined
  children: ReactNode
}

/** A link that opens beside the page, unless it leads to a message of this page. */
export function Link({ href, className, label, onClick, children }: LinkProps) {
  const away = isOwn(href) ? {} : { target: '_blank', rel: 'noopener noreferrer' }
  return (
    <a href={href} className={className} aria-label={label} onClick={onClick} {...away}>
      {children}
    </a>
  )
}

function Moment({ timestamp, format: inside }: { timestamp: string; format: string }) {
  const { me, now } = useReader()
  const { format, url, fallback } = unpacked(inside)
  const shown = slackDate(Number(timestamp), format, fallback ?? format, { tz: me.tz, locale: me.locale, now })
  const exact = slackDate(Number(timestamp), '{date_long_full} {time_secs}', '', { tz: me.tz, locale: me.locale, now })
  const time = (
    <time dateTime={new Date(Number(timestamp) * 1000).toISOString()} title={exact}>
      {shown}
    </time>
  )
  return url === undefined ? time : <Link href={url}>{time}</Link>
}

/** The library keeps the hooks of its first drawing for good, so these read what may change from the context. */
export const hooks: Hooks = {
  user: ({ id, style }) => <PersonMention id={id} style={style} />,
  usergroup: ({ id, style }) => <GroupMention id={id} style={style} />,
  channel: ({ id, style }) => <ChannelMention id={id} style={style} />,
  atHere: () => <Broadcast to="here" />,
  atChannel: () => <Broadcast to="channel" />,
  atEveryone: () => <Broadcast to="everyone" />,
  // The library would leave out the colons of a name that it does not know, and so those of a time.
  emoji: (data, parse) => {
    const drawn = parse(data)
    return /^[\w+'-]*$/.test(drawn) || drawn.startsWith(`${data.name}:`) ? `:${data.name}:` : drawn
  },
  date: ({ timestamp, format }) => <Moment timestamp={timestamp} format={format} />,
  link: ({ href, children, className }) => (
    <Link href={href} className={className}>
      {children}
    </Link>
  ),
}
