// Runs in a process of its own, as Lambda's runtime does: loads the bundle that it is given, calls its handler with
// what comes in, and answers. It imports nothing of the project.
const { handler } = await import(process.argv[2])

process.on('message', async ({ id, event, context }) => {
  const started = performance.now()
  try {
    const result = await handler(event, {
      ...context,
      getRemainingTimeInMillis: () => 10_000 - (performance.now() - started),
    })
    process.send({ id, result })
  } catch (error) {
    process.send({ id, error: { name: error?.name, message: error?.message ?? String(error) } })
  }
})
process.send({ ready: true })
