import OpenAI from 'openai'
import { serve, weather } from './protocol.mjs'

/** The parts of a chat's message as responses have them. */
const parts = (content) =>
  Array.isArray(content)
    ? content.map((part) =>
        part.type === 'text'
          ? { type: 'input_text', text: part.text }
          : { type: 'input_image', image_url: part.image_url.url, detail: 'auto' },
      )
    : content

serve(async ({ baseURL, apiKey, model, messages, stream, tools, timeout, retries, headers }) => {
  const client = new OpenAI({
    baseURL,
    apiKey,
    timeout,
    maxRetries: retries,
    defaultHeaders: headers,
  })
  const input = messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content }) => ({ role, content: parts(content) }))
  const instructions = messages.find(({ role }) => role === 'system')?.content
  const body = { model, input, instructions }
  if (tools) {
    const tool = weather()
    const { name, description, parameters } = tool
    body.tools = [{ type: 'function', name, description, parameters, strict: true }]
    for (let turn = 0; turn < 5; turn++) {
      const response = await client.responses.create(body)
      const calls = response.output.filter(({ type }) => type === 'function_call')
      if (calls.length === 0) return { text: response.output_text, calls: tool.calls }
      body.previous_response_id = response.id
      body.input = calls.map((call) => ({
        type: 'function_call_output',
        call_id: call.call_id,
        output: tool.run(JSON.parse(call.arguments)),
      }))
    }
  }
  if (stream) {
    let text = ''
    let last
    for await (const event of await client.responses.create({
      ...body,
      stream: true,
    })) {
      if (event.type === 'response.output_text.delta') text += event.delta
      last = event
    }
    if (last?.type !== 'response.completed') throw new Error(`The stream ended with ${last?.type}`)
    if (last.response.output[0].content[0].text !== text) throw new Error('The deltas are not the whole')
    return {
      text,
      finish: last.response.status,
      usage: last.response.usage.total_tokens,
    }
  }
  const response = await client.responses.create(body)
  return {
    text: response.output_text,
    finish: response.status,
    usage: response.usage.total_tokens,
  }
})
