import {
  Agent,
  OpenAIChatCompletionsModel,
  Runner,
  setTracingDisabled,
  tool as define,
  user,
  assistant,
} from '@openai/agents'
import OpenAI from 'openai'
import { serve, weather } from './protocol.mjs'

setTracingDisabled(true)

/** The parts of a chat's message as this SDK writes them. */
const parts = (content) =>
  Array.isArray(content)
    ? content.map((part) =>
        part.type === 'text'
          ? { type: 'input_text', text: part.text }
          : { type: 'input_image', image: part.image_url.url },
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
  const tool = weather()
  const { name, description, parameters } = tool
  const agent = new Agent({
    name: 'caller',
    instructions: messages.find(({ role }) => role === 'system')?.content ?? '',
    model: new OpenAIChatCompletionsModel(client, model),
    tools: tools
      ? [
          define({
            name,
            description,
            parameters,
            strict: true,
            execute: (input) => tool.run(input),
          }),
        ]
      : [],
  })
  const input = messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content }) => (role === 'user' ? user(parts(content)) : assistant(content)))
  const runner = new Runner({ tracingDisabled: true })
  if (stream) {
    const run = await runner.run(agent, input, { stream: true })
    let text = ''
    for await (const event of run) {
      if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') text += event.data.delta
    }
    await run.completed
    if (run.error) throw run.error
    return { text, finish: 'stop', usage: run.state.usage?.totalTokens }
  }
  const run = await runner.run(agent, input)
  return {
    text: run.finalOutput,
    finish: 'stop',
    calls: tool.calls,
    usage: run.state.usage?.totalTokens,
  }
})
