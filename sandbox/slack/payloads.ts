import { type Control, heldAfter } from './find-control.ts'
import type { Inside } from './inside.ts'
import { viewObject } from './open-views.ts'
import { app, type Channel, type Person, team } from './people.ts'
import type { Block } from './schema-blocks.ts'
import { shownMessage } from './shown-message.ts'
import type { Ephemeral, Message, OpenView, StateValues } from './state.ts'
import { initialValues } from './view-values.ts'

/** Slack still sends this old token with every payload; apps check the signature instead. */
const verificationToken = 'sandbox-verification-token'

const common = (person: Person) => ({
  user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
  api_app_id: app.id,
  token: verificationToken,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
})

function action(control: Control, ts: string) {
  const { element, block_id } = control
  const base = { type: element.type, block_id, action_id: element.action_id ?? '', action_ts: ts }
  if ('option' in control) return { ...base, selected_option: control.option }
  if ('options' in control) return { ...base, selected_options: control.options }
  if ('user' in control) return { ...base, selected_user: control.user }
  if ('text' in control) return { ...base, value: control.text }
  const { text, value, style } = control.element
  return { ...base, text, ...(value !== undefined && { value }), ...(style && { style }) }
}

/** Slack tells what every input of a message holds, the one just used included. */
function messageState(blocks: readonly Block[], control: Control): StateValues {
  const values = initialValues(blocks)
  const value = heldAfter(control)
  if (!value) return values
  const { block_id, element } = control
  return { ...values, [block_id]: { ...values[block_id], [element.action_id ?? '']: value } }
}

const channelOf = (channel: Channel) =>
  channel.im_with === undefined ? { id: channel.id, name: channel.name } : { id: channel.id, name: 'directmessage' }

/** A press on a message, or on a message only the presser sees. */
export function blockActionsOnMessage(
  inside: Inside,
  {
    person,
    channel,
    control,
    target,
  }: { person: Person; channel: Channel; control: Control; target: Message | Ephemeral },
) {
  const ephemeral = !('edits' in target)
  const { oneTime, ids, baseUrl, workspace, botId } = inside
  const token = oneTime.issueResponse({
    user: person.id,
    channel: channel.id,
    original: { ts: target.ts, ephemeral },
    ...(target.thread_ts !== undefined && { thread_ts: target.thread_ts }),
  })
  return {
    type: 'block_actions',
    ...common(person),
    trigger_id: oneTime.issueTrigger(person.id),
    container: {
      type: 'message',
      message_ts: target.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(target.thread_ts !== undefined && { thread_ts: target.thread_ts }),
    },
    channel: channelOf(channel),
    // Slack does not keep ephemeral messages, so their content does not come back.
    ...(!ephemeral && { message: shownMessage(target, workspace, botId, true) }),
    state: { values: messageState(target.blocks ?? [], control) },
    response_url: `${baseUrl()}/response/${token}`,
    actions: [action(control, ids.ts())],
  }
}

/** A press inside a modal or on the Home tab. */
export function blockActionsInView(
  inside: Inside,
  { person, view, control }: { person: Person; view: OpenView; control: Control },
) {
  return {
    type: 'block_actions',
    ...common(person),
    trigger_id: inside.oneTime.issueTrigger(person.id),
    container: { type: 'view', view_id: view.id },
    view: viewObject(view, inside.botId),
    actions: [action(control, inside.ids.ts())],
  }
}

export const viewSubmission = (inside: Inside, person: Person, view: OpenView) => ({
  type: 'view_submission',
  ...common(person),
  trigger_id: inside.oneTime.issueTrigger(person.id),
  view: viewObject(view, inside.botId),
  response_urls: [],
})

export const viewClosed = (inside: Inside, person: Person, view: OpenView, isCleared: boolean) => ({
  type: 'view_closed',
  ...common(person),
  view: viewObject(view, inside.botId),
  is_cleared: isCleared,
})

/** A slash command; every field is a text, for it travels as a form. */
export function slashCommand(
  inside: Inside,
  { person, channel, command, text }: { person: Person; channel: Channel; command: string; text: string },
) {
  const token = inside.oneTime.issueResponse({ user: person.id, channel: channel.id })
  return {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelOf(channel).name,
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: `${inside.baseUrl()}/response/${token}`,
    trigger_id: inside.oneTime.issueTrigger(person.id),
  }
}

/** The event that a person looks at the app's Home tab. */
export function homeOpened(inside: Inside, person: Person, channel: Channel, view: OpenView | undefined) {
  const ts = inside.ids.ts()
  return {
    token: verificationToken,
    team_id: team.id,
    api_app_id: app.id,
    type: 'event_callback',
    event_id: inside.ids.next('Ev'),
    event_time: Math.floor(Number(ts)),
    is_ext_shared_channel: false,
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: inside.botId, is_bot: true, is_enterprise_install: false },
    ],
    event: {
      type: 'app_home_opened',
      user: person.id,
      channel: channel.id,
      tab: 'home',
      event_ts: ts,
      ...(view && { view: viewObject(view, inside.botId) }),
    },
  }
}
