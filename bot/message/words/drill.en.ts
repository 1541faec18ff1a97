export const drill = {
  /** Before everything that a drill says. */
  mark: (text: string) => `DRILL · ${text}`,
  lines: (by: string, at: string, ends: string) => [
    `*This is a drill.* ${by} started it, ${at}. Nothing is broken, and no button here changes anything outside of Slack.`,
    `Do what you would do. It ends when somebody presses Resolve, or by itself ${ends}.`,
  ],
  wasLine: (by: string, at: string) => `*This was a drill.* ${by} started it, ${at}. It counts in no number.`,
  endedAlone: (minutes: string) => `Ended by itself: a drill lasts ${minutes} at most.`,
  button: 'Start a drill',
  sure: {
    title: 'Start a drill?',
    text: 'Whoever is on call is asked in the alerts channel, as in a real incident. Every message says that it is a drill.',
    yes: 'Start it',
    no: 'Not now',
  },
  windowTitle: 'Drill',
  started: (id: string, channel: string) =>
    `The drill has begun: ${id} in ${channel}. Whoever is on call is asked there.`,
  answers: {
    'drill-on': 'A drill is on already. It ends when somebody presses Resolve, or by itself after half an hour.',
    'only-a-drill': 'This is a drill: nothing real is changed and no customer is told anything, so nothing was done.',
  },
}
