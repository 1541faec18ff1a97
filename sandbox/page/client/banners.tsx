import type { Line } from './connection.ts'

/** What the reader must know about the line itself, above everything else. */
export function Banners({
  line,
  slackDown,
  restart,
  onForget,
}: {
  line: Line
  slackDown: boolean
  restart: { restored: boolean } | undefined
  onForget: () => void
}) {
  return (
    <div className="banners" role="status">
      {line === 'lost' && (
        <p className="banner warn">
          The sandbox does not answer. What you see may be old; the page tries again every second.
        </p>
      )}
      {line !== 'lost' && restart && (
        <p className="banner">
          {restart.restored
            ? 'The sandbox was started again and went on from what it had saved.'
            : 'The sandbox was started again. It begins anew; what was here is gone.'}
          <button type="button" className="link" onClick={onForget}>
            Understood
          </button>
        </p>
      )}
      {line !== 'lost' && slackDown && (
        <p className="banner warn">Slack is down: nothing arrives, and nobody can press or write anything.</p>
      )}
    </div>
  )
}
