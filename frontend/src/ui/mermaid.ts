import { renderMermaidSVG } from 'beautiful-mermaid'

/** Draws a diagram as a picture in the page's own colours. Nothing of it becomes part of the page, and it loads nothing. */
export function pictureOf(source: string): string {
  const { color, backgroundColor } = getComputedStyle(document.body)
  const svg = renderMermaidSVG(source, { fg: color, bg: backgroundColor, transparent: true, font: 'system-ui' })
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.replaceAll(/@import[^;]*;/g, ''))}`
}
