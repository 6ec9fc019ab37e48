// What the table reads of the platform beside what its clients see, and what it does in a person's place.
export class Platform {
  constructor(url, key) {
    this.url = url
    this.key = key
  }

  async json(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  /** Ids of runs, newest first; at most 200. */
  async runs() {
    return (await this.json('GET', '/api/v1/runs?limit=200')).data.map(({ id }) => id)
  }

  async since(before) {
    const known = new Set(before)
    return (await this.runs()).filter((id) => !known.has(id))
  }

  async open(run) {
    return (await this.json('GET', `/api/v1/approvals?state=open&run=${run}`)).data
  }

  approve(id, answer) {
    return this.json('POST', `/api/v1/approvals/${id}/decision`, {
      decision: 'approve',
      ...answer,
    })
  }
}
