// The words in which kinds are written.

export const text = (pattern, more = {}) => ({ type: 'string', ...(pattern && { pattern }), ...more })
export const whole = (minimum, maximum) => ({ type: 'integer', minimum, maximum })
export const open = (description) => ({ type: 'object', description })
export const listOf = (items) => ({ type: 'array', items })
export const ref = (kind) => ({ $ref: `#/$defs/${kind}` })
export const closed = (properties, required) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required && { required }),
})
