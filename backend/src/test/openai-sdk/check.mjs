// Speaks to a running server as OpenAI's users do: BASE_URL and API_KEY say where and who.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const openai = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY, maxRetries: 0 })
const messages = [
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: [{ type: 'text', text: 'what is 6 * 7' }] },
]

const checks = {
  async 'agents are listed as models'() {
    const names = []
    for await (const model of openai.models.list()) names.push(model.id)
    assert.deepEqual(names, ['assistant'])
  },

  async 'an answer has text and usage'() {
    const answer = await openai.chat.completions.create({ model: 'assistant', messages, temperature: 0.2, user: 'x' })
    assert.match(answer.choices[0].message.content, /42/)
    assert.equal(answer.choices[0].finish_reason, 'stop')
    assert.equal(answer.model, 'assistant')
    assert.ok(answer.usage.total_tokens > 0)
  },

  async 'a stream brings the same text, its end and its usage'() {
    const stream = await openai.chat.completions.create({
      model: 'assistant',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let finish
    let usage
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? ''
      finish = chunk.choices[0]?.finish_reason ?? finish
      usage = chunk.usage ?? usage
    }
    assert.match(text, /42/)
    assert.equal(finish, 'stop')
    assert.ok(usage.total_tokens > 0)
  },

  async 'the conversation so far is part of the question'() {
    const answer = await openai.chat.completions.create({
      model: 'assistant',
      messages: [
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: 'Hello.', tool_calls: [] },
        { role: 'user', content: 'what is 40 + 2' },
      ],
    })
    assert.match(answer.choices[0].message.content, /42/)
  },

  async 'an unknown agent is their NotFoundError'() {
    await assert.rejects(openai.chat.completions.create({ model: 'asistant', messages }), (error) => {
      assert.ok(error instanceof OpenAI.NotFoundError)
      assert.equal(error.code, 'unknown_agent')
      assert.match(error.message, /Did you mean "assistant"/)
      assert.ok(error.requestID)
      return true
    })
  },

  async 'a wrong key is their AuthenticationError'() {
    const stranger = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: 'sk-none', maxRetries: 0 })
    await assert.rejects(async () => await stranger.models.list(), OpenAI.AuthenticationError)
  },

  async 'a wrong body is their BadRequestError'() {
    await assert.rejects(openai.chat.completions.create({ model: 'assistant', messages: [] }), OpenAI.BadRequestError)
  },

  async 'a run that fails is an error, at once and in a stream'() {
    const failing = { model: 'assistant', messages: [{ role: 'user', content: 'fail' }] }
    await assert.rejects(openai.chat.completions.create(failing), OpenAI.APIError)
    await assert.rejects(async () => {
      for await (const _ of await openai.chat.completions.create({ ...failing, stream: true }));
    }, OpenAI.APIError)
  },
}

for (const [name, check] of Object.entries(checks)) {
  await check()
  console.log(`ok: ${name}`)
}
