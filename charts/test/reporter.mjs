// One line a test, what failed in full, and at the end what the tests counted and the sum.

export default async function* report(events) {
  let passed = 0
  let failed = 0
  let skipped = 0
  const counted = []
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.skip !== undefined) {
      skipped++
      yield `  SKIPPED ${data.name}: ${data.skip}\n`
    } else if (type === 'test:pass' && data.details.type !== 'suite') {
      passed++
      yield `  ok      ${data.name}\n`
    } else if (type === 'test:fail' && data.details.type !== 'suite') {
      failed++
      const cause = data.details.error.cause ?? data.details.error
      yield `  FAILED  ${data.name}\n${String(cause.message ?? cause).replace(/^/gm, '            ')}\n`
    } else if (type === 'test:diagnostic' && data.message.startsWith('counted: ')) {
      counted.push(data.message.slice('counted: '.length))
    } else if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message
    }
  }
  for (const line of counted) yield `  counted  ${line}\n`
  yield `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`
}
