// A dashboard as one SVG, two panels in a row, for the manual: what Grafana would draw, where there is none.

const wide = 520
const high = 210
const plot = { left: 58, top: 30, right: 12, bottom: 44 }
const colours = ['#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed', '#0891b2', '#be185d', '#4d7c0f', '#475569', '#a16207']
const safe = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function said(value, unit) {
  if (unit === 's' && value < 1) return `${Number((value * 1000).toPrecision(3))} ms`
  if (unit === 'bytes') return `${Math.round(value / 1048576)} MiB`
  return `${Number(value.toPrecision(3))}${unit === 's' ? ' s' : ''}`
}

function panelSvg({ title, unit, series }, x, y) {
  const drawn = series.map((one) => ({ ...one, points: one.points.filter(([, v]) => Number.isFinite(v)) })).filter((one) => one.points.length)
  const times = drawn.flatMap((one) => one.points.map(([t]) => t))
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const most = Math.max(1e-9, ...drawn.flatMap((one) => one.points.map(([, v]) => v))) * 1.1
  const [w, h] = [wide - plot.left - plot.right, high - plot.top - plot.bottom]
  const place = ([t, v]) => `${(plot.left + ((t - from) / (to - from || 1)) * w).toFixed(1)},${(plot.top + h - (v / most) * h).toFixed(1)}`
  const lines = drawn.map((one, at) => `<polyline fill="none" stroke="${colours[at % colours.length]}" stroke-width="1.6" points="${one.points.map(place).join(' ')}"/>`)
  const levels = [0, 0.5, 1].map(
    (share) =>
      `<line x1="${plot.left}" x2="${wide - plot.right}" y1="${plot.top + h * (1 - share)}" y2="${plot.top + h * (1 - share)}" stroke="#e2e8f0"/>` +
      `<text x="${plot.left - 6}" y="${plot.top + h * (1 - share) + 4}" text-anchor="end" fill="#475569">${said(most * share, unit)}</text>`,
  )
  const legend = drawn
    .slice(0, 5)
    .map((one, at) => `<tspan fill="${colours[at % colours.length]}">${safe(one.name.trim() || 'all')}</tspan>`)
    .join('<tspan>  </tspan>')
  return `<g transform="translate(${x},${y})"><rect width="${wide - 8}" height="${high - 8}" rx="6" fill="#fff" stroke="#cbd5e1"/>
<text x="12" y="20" font-weight="600" fill="#0f172a">${safe(title)}</text>${levels.join('')}${lines.join('')}
<text x="12" y="${high - 20}" xml:space="preserve">${legend}</text></g>`
}

/** @param panels each {title, unit, series: [{name, points: [[seconds, value]]}]} */
export function drawing(title, panels) {
  const rows = Math.ceil(panels.length / 2)
  const inside = panels.map((panel, at) => panelSvg(panel, 8 + (at % 2) * wide, 40 + Math.floor(at / 2) * high)).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide * 2 + 8} ${rows * high + 48}" font-family="sans-serif" font-size="12">
<title>${safe(title)}</title><rect width="100%" height="100%" fill="#f8fafc"/><text x="12" y="26" font-size="16" font-weight="600" fill="#0f172a">${safe(title)}</text>
${inside}
</svg>
`
}
