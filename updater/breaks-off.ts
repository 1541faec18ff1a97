/** Whether a text that is no JSON is the beginning of some: a string or a bracket is still open at its end. */
export function breaksOff(text: string): boolean {
  if (text.trim() === '') return true
  if (!/^\s*[[{]/.test(text)) return false
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (isInString) {
      if (character === '\\') index += 1
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
  }
  return isInString || depth > 0
}
