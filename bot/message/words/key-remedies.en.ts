import type { RemedyWords } from './facts-remedy.ts'

const states: Record<string, string> = { enabled: 'enabled', disabled: 'disabled', none: 'no key' }
const stateOf = (shown: string): string => states[shown] ?? shown

/** The remedies on API keys and on concurrency. */
export const keyRemedies = {
  'disable-key': {
    button: 'Disable an API key',
    undo: 'Undo: disable the API key',
    title: 'Disable an API key',
    setting: 'API key',
    value: stateOf,
    inForce: (shown) => `An API key is ${stateOf(shown)}`,
    customers: 'Whoever uses this key gets 403 for every request. Nobody else notices anything.',
    provenBy: 'the gateway refuses the key, within 10 min.',
    proven: () => 'the gateway refuses the key',
  },
  'new-key': {
    button: 'Issue a new API key',
    undo: 'Undo: issue a new API key',
    title: 'New API key',
    setting: 'New API key',
    value: stateOf,
    inForce: (shown) => `A new API key is ${stateOf(shown)}`,
    customers: 'The customer can ask for prices again as soon as they have the new key. The old one stays disabled.',
    provenBy: 'the gateway takes the new key, within 10 min.',
    proven: () => 'the gateway takes the new key',
  },
  'raise-concurrency': {
    button: 'Raise the concurrency',
    undo: 'Undo: raise the concurrency',
    title: 'Raise the concurrency',
    setting: 'Concurrency reserved for the API',
    value: (shown) => `${shown} at a time`,
    inForce: (shown) => `The API may run ${shown} calls at a time`,
    customers: 'Requests that were refused with 503 for lack of room are answered.',
    provenBy: 'no call is refused for some minutes, within 15 min.',
    proven: () => 'no call has been refused for some minutes',
  },
} as const satisfies Record<string, RemedyWords>
