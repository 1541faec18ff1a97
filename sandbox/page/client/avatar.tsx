import type { Person } from '../protocol.ts'

/** Initials on a colour of their own, so that people are told apart at a glance. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  if (person?.is_bot) return <img className="avatar" src="/icon.svg" width={size} height={size} alt="" />
  const name = person?.real_name ?? '?'
  const initials = name
    .split(' ')
    .map(([first]) => first ?? '')
    .slice(0, 2)
    .join('')
  const hue = [...(person?.id ?? '')].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size * 0.4, background: `hsl(${hue} 45% 32%)` }}
    >
      {initials}
    </span>
  )
}
