import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, stepCountIs, streamText, tool as define } from 'ai'
import { serve, weather } from './protocol.mjs'

/** OpenAI's parts of a message as this SDK writes them. */
const parts = (content) =>
  Array.isArray(content)
    ? content.map((part) => (part.type === 'text' ? part : { type: 'image', image: part.image_url.url }))
    : content

serve(async ({ baseURL, apiKey, model, messages, stream, tools, timeout, retries, headers }) => {
  // `responses` speaks by OpenAI's own provider, which uses them by default.
  const provider =
    process.argv[2] === 'responses'
      ? createOpenAI({ baseURL, apiKey, headers })
      : createOpenAICompatible({ name: 'wheelhouse', baseURL, apiKey, headers, includeUsage: true })
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  const ask = {
    model: provider(model),
    messages: messages
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({ role, content: parts(content) })),
    system: system.length ? system.join('\n') : undefined,
    maxRetries: retries,
    abortSignal: timeout ? AbortSignal.timeout(timeout) : undefined,
  }
  const tool = weather()
  if (tools) {
    const execute = (input) => tool.run(input)
    const made = define({
      description: tool.description,
      inputSchema: jsonSchema(tool.parameters),
      execute,
    })
    const answer = await generateText({
      ...ask,
      tools: { [tool.name]: made },
      stopWhen: stepCountIs(5),
    })
    return { text: answer.text, calls: tool.calls }
  }
  if (stream) {
    let failure
    const answer = streamText({
      ...ask,
      onError: ({ error }) => (failure = error),
    })
    let text = ''
    for await (const part of answer.fullStream) {
      if (part.type === 'text-delta') text += part.text
      if (part.type === 'error') throw part.error
      if (part.type === 'abort') throw new Error('The client gave up')
    }
    if (failure) throw failure
    return {
      text,
      finish: await answer.finishReason,
      usage: (await answer.usage).totalTokens,
    }
  }
  const answer = await generateText(ask)
  return {
    text: answer.text,
    finish: answer.finishReason,
    usage: answer.usage.totalTokens,
  }
})
