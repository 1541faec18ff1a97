import { createRoot } from 'react-dom/client'
import 'slack-blocks-to-jsx/dist/style.css'
import { App } from './app.tsx'
import './theme.css'
import './page.css'
import './messages.css'
import './blocks/blocks.css'
import './room/room.css'

const place = document.getElementById('page')
if (!place) throw new Error('The document has no element to draw the page in')
createRoot(place).render(<App />)
