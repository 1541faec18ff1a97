import { createApp } from './create-app.ts'

// The CDK's command line runs this file, and tells by the environment where the templates go.
await createApp()
