import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actions, alerts, button, refusal, type Started, section, startSlack } from './slack-setup.ts'

let world: Started
beforeEach(async () => {
  world = await startSlack()
})
afterEach(() => world.stop())

const plain = (text: string) => ({ type: 'plain_text', text })
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() })
const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: `${block_id}-action`, ...element },
  ...more,
})
const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  callback_id: 'rollback',
  private_metadata: 'api-1',
  title: plain('Roll back'),
  submit: plain('Do it'),
  blocks,
  ...more,
})
const form = modal([
  input('why', 'Reason', { type: 'plain_text_input', max_length: 20 }),
  input('to', 'Version', {
    type: 'static_select',
    options: [option('V41'), option('V40')],
    initial_option: option('V41'),
  }),
  input('who', 'Tell', { type: 'users_select' }, { optional: true }),
  input('sure', 'Checks', { type: 'checkboxes', options: [option('Read'), option('Told')] }, { optional: true }),
  input('how', 'Way', { type: 'radio_buttons', options: [option('Fast'), option('Safe')] }, { optional: true }),
])

/** Opens a modal in front of Aiko, as a bot does when a command comes in. */
async function open(view: object) {
  world.answerWith(async ({ payload }) => {
    await world.client.apiCall('views.open', { trigger_id: payload.trigger_id, view })
    return undefined
  })
  const seen = await world.slack.command({ user: 'aiko', channel: alerts, command: '/rollback' })
  world.answerWith(() => undefined)
  if (!seen.view) throw new Error('no modal opened')
  return seen.view
}
const submit = (values?: Record<string, string | string[] | null>) => world.slack.submit({ user: 'aiko', values })
const lastPayload = () => world.received.at(-1)?.payload

describe('a submission', () => {
  test('carries what was typed over the initial values, by id or by label', async () => {
    await open(form)
    const seen = await submit({
      Reason: 'errors',
      'to-action': 'V40',
      who: 'Ben Ortiz',
      Checks: ['Read', 'told'],
      Way: 'Safe',
    })
    expect(seen).toEqual({ ok: true, status: 200, ephemeral: [], response_action: 'close' })
    expect(lastPayload()).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0AIKO00001' },
      view: {
        callback_id: 'rollback',
        private_metadata: 'api-1',
        state: {
          values: {
            why: { 'why-action': { type: 'plain_text_input', value: 'errors' } },
            to: { 'to-action': { type: 'static_select', selected_option: option('V40') } },
            who: { 'who-action': { type: 'users_select', selected_user: 'U0BEN000001' } },
            sure: { 'sure-action': { type: 'checkboxes', selected_options: [option('Read'), option('Told')] } },
            how: { 'how-action': { type: 'radio_buttons', selected_option: option('Safe') } },
          },
        },
      },
    })
    expect(world.slack.view('aiko')).toBeUndefined()
  })

  test('is held back by Slack while a required input is empty or a text too long', async () => {
    await open(form)
    const before = world.received.length
    expect(await submit({ to: null })).toMatchObject({
      ok: false,
      errors: { why: 'Please complete this required field.', to: 'Please complete this required field.' },
    })
    expect(await submit({ why: 'x'.repeat(21), to: 'V41' })).toMatchObject({
      errors: { why: expect.stringContaining('20') },
    })
    expect(world.received).toHaveLength(before)
    // What was typed stays typed.
    expect(await submit({ why: 'short' })).toMatchObject({ ok: true })
  })

  test('with an input or option that is not there names those that are', async () => {
    await open(form)
    await expect(submit({ Colour: 'red' })).rejects.toThrow(
      'Its inputs are: "Reason", "Version", "Tell", "Checks", "Way"',
    )
    await expect(submit({ Version: 'V39' })).rejects.toThrow('Its options are: "V41", "V40"')
    await expect(submit({ Tell: 'Zoe' })).rejects.toThrow('nobody here is called that')
  })

  test('follows the answer: errors, update, push, clear', async () => {
    await open(form)
    world.answerWith(() => ({ body: { response_action: 'errors', errors: { why: 'Say more.' } } }))
    expect(await submit({ why: 'x' })).toMatchObject({
      ok: false,
      response_action: 'errors',
      errors: { why: 'Say more.' },
    })
    world.answerWith(() => ({ body: { response_action: 'update', view: modal([section('Sure?')]) } }))
    expect(await submit()).toMatchObject({ ok: true, response_action: 'update', view: { blocks: [section('Sure?')] } })
    world.answerWith(() => ({ body: { response_action: 'push', view: modal([section('Really?')]) } }))
    const pushed = await submit()
    expect(pushed.view).toMatchObject({ blocks: [section('Really?')], previous_view_id: expect.any(String) })
    world.answerWith(() => ({ body: { response_action: 'clear' } }))
    expect(await submit()).toMatchObject({ ok: true, response_action: 'clear' })
    expect(world.slack.view('aiko')).toBeUndefined()
  })

  test('warns when the app fails or answers what Slack refuses, and the modal stays', async () => {
    await open(form)
    world.answerWith(() => ({ status: 500 }))
    expect(await submit({ why: 'x' })).toMatchObject({
      ok: false,
      status: 500,
      shown: 'warning',
      view: { type: 'modal' },
    })
    world.answerWith(() => ({ body: { response_action: 'update', view: { type: 'modal' } } }))
    expect(await submit()).toMatchObject({
      shown: 'warning',
      detail: expect.stringContaining('missing required field: title'),
    })
    world.answerWith(() => ({ body: { response_action: 'errors', errors: { nowhere: 'x' } } }))
    expect(await submit()).toMatchObject({ shown: 'warning', detail: expect.stringContaining('"nowhere"') })
    world.answerWith(() => ({ body: 'thanks' }))
    expect(await submit()).toMatchObject({ shown: 'warning', detail: expect.stringContaining('no response_action') })
  })

  test('needs a submit button', async () => {
    await open(modal([section('Loading…')], { submit: undefined }))
    await expect(submit()).rejects.toThrow('no submit button')
  })
})

describe('views.update', () => {
  test('with the hash it saw; a later hash is a conflict', async () => {
    const view = await open(modal([section('Loading…')]))
    const update = (hash?: string) =>
      world.call('views.update', {
        view_id: view.id,
        view: modal([section('Filled')]),
        ...(hash && { hash }),
      })
    const updated = (await update(view.hash)).view as { hash: string; blocks: unknown[] }
    expect(updated.hash).not.toBe(view.hash)
    expect((await refusal(update(view.hash))).error).toBe('hash_conflict')
    await update(updated.hash)
    await update()
    await world.slack.close({ user: 'aiko' })
    expect((await refusal(update())).error).toBe('not_found')
  })

  test('finds a view by external_id, keeps what was typed, and needs some id', async () => {
    await open(modal([input('why', 'Reason', { type: 'plain_text_input' })], { external_id: 'incident-1' }))
    await world.slack.submit({ user: 'aiko', values: {} })
    const blocks = [section('More'), input('why', 'Reason', { type: 'plain_text_input' })]
    world.answerWith(() => ({ status: 500 }))
    await submit({ why: 'typed' })
    const view = modal(blocks, { external_id: 'incident-1' })
    await world.client.apiCall('views.update', { external_id: 'incident-1', view })
    expect(world.slack.view('aiko')?.state.values).toMatchObject({ why: { 'why-action': { value: 'typed' } } })
    expect((await refusal(world.client.apiCall('views.update', { view }))).error).toBe('invalid_arguments')
  })
})

describe('a stack of views', () => {
  test('holds three', async () => {
    await open(modal([actions(button('Deeper'))]))
    const errors: string[] = []
    world.answerWith(async ({ payload }) => {
      const push = world.client.apiCall('views.push', {
        trigger_id: payload.trigger_id,
        view: modal([actions(button('Deeper'))]),
      })
      await push.catch((error) => errors.push(error.data.error))
      return undefined
    })
    const deeper = () => world.slack.click({ user: 'aiko', view: true, button: 'Deeper' })
    await deeper()
    const third = await deeper()
    expect(errors).toEqual([])
    await deeper()
    expect(errors).toEqual(['push_limit_reached'])
    expect(lastPayload()).toMatchObject({ container: { type: 'view', view_id: third.view?.id } })
    world.answerWith(() => undefined)
    await world.slack.close({ user: 'aiko' })
    expect(world.slack.view('aiko')?.id).toBe(third.view?.previous_view_id)
    await world.slack.close({ user: 'aiko', all: true })
    expect(world.slack.view('aiko')).toBeUndefined()
  })

  test('tells the app of a closed view when it asked to know', async () => {
    const view = await open(modal([section('x')], { notify_on_close: true }))
    await world.slack.close({ user: 'aiko' })
    expect(lastPayload()).toMatchObject({ type: 'view_closed', view: { id: view.id }, is_cleared: false })
  })

  test('one external_id belongs to one view', async () => {
    await open(modal([actions(button('Deeper'))], { external_id: 'taken' }))
    await world.slack.click({ user: 'aiko', view: true, button: 'Deeper' })
    const trigger_id = lastPayload()?.trigger_id
    const push = world.client.apiCall('views.push', { trigger_id, view: modal([], { external_id: 'taken' }) })
    expect((await refusal(push)).error).toBe('duplicate_external_id')
  })
})
