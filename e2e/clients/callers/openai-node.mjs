import OpenAI from 'openai'
import { serve, weather } from './protocol.mjs'

serve(async ({ baseURL, apiKey, model, messages, stream, tools, timeout, retries, headers, extra }) => {
  const client = new OpenAI({
    baseURL,
    apiKey,
    timeout,
    maxRetries: retries,
    defaultHeaders: headers,
  })
  const body = { model, messages, ...extra }
  if (tools) {
    const tool = weather()
    body.tools = [
      {
        type: 'function',
        function: {
          name: tool.name,
          description: tool.description,
          parameters: tool.parameters,
        },
      },
    ]
    const said = [...messages]
    for (let turn = 0; turn < 5; turn++) {
      const message = (await client.chat.completions.create({ ...body, messages: said })).choices[0].message
      if (!message.tool_calls) return { text: message.content, calls: tool.calls }
      said.push(message)
      for (const call of message.tool_calls) {
        const content = tool.run(JSON.parse(call.function.arguments))
        said.push({ role: 'tool', tool_call_id: call.id, content })
      }
    }
  }
  if (stream) {
    const chunks = await client.chat.completions.create({
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let finish
    let usage
    for await (const chunk of chunks) {
      text += chunk.choices[0]?.delta?.content ?? ''
      finish = chunk.choices[0]?.finish_reason ?? finish
      usage = chunk.usage ?? usage
    }
    return { text, finish, usage: usage?.total_tokens }
  }
  const answer = await client.chat.completions.create(body)
  return {
    text: answer.choices[0].message.content,
    finish: answer.choices[0].finish_reason,
    usage: answer.usage.total_tokens,
  }
})
