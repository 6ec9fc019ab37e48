import { ChatOpenAI } from '@langchain/openai'
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { serve, weather } from './protocol.mjs'

const kinds = {
  user: HumanMessage,
  assistant: AIMessage,
  system: SystemMessage,
}

serve(async ({ baseURL, apiKey, model, messages, stream, tools, timeout, retries, headers }) => {
  let chat = new ChatOpenAI({
    model,
    apiKey,
    timeout,
    maxRetries: retries,
    streamUsage: true,
    useResponsesApi: false,
    configuration: { baseURL, defaultHeaders: headers },
  })
  const said = messages.map(({ role, content }) => new kinds[role]({ content }))
  if (tools) {
    const tool = weather()
    const { name, description, parameters } = tool
    chat = chat.bindTools([{ type: 'function', function: { name, description, parameters } }])
    for (let turn = 0; turn < 5; turn++) {
      const message = await chat.invoke(said)
      if (!message.tool_calls?.length) return { text: message.text, calls: tool.calls }
      said.push(message)
      for (const call of message.tool_calls)
        said.push(
          new ToolMessage({
            content: tool.run(call.args),
            tool_call_id: call.id,
          }),
        )
    }
  }
  if (stream) {
    let text = ''
    let usage
    let finish
    for await (const chunk of await chat.stream(said)) {
      text += chunk.text
      usage = chunk.usage_metadata?.total_tokens ?? usage
      finish = chunk.response_metadata?.finish_reason ?? finish
    }
    return { text, usage, finish }
  }
  const message = await chat.invoke(said)
  return {
    text: message.text,
    finish: message.response_metadata.finish_reason,
    usage: message.usage_metadata.total_tokens,
  }
})
