import './icon.css'

/** The console's own small drawings, 16 × 16, one stroke width. */
const shapes = {
  bubble:
    'M2.5 4a1.5 1.5 0 0 1 1.5-1.5h8A1.5 1.5 0 0 1 13.5 4v5.5A1.5 1.5 0 0 1 12 11H7.5l-3.2 2.6V11H4a1.5 1.5 0 0 1-1.5-1.5z',
  lines: 'M2.5 4h5M5.5 8h6M9 12h4.5',
  shield:
    'M8 1.8 13.2 4v3.700c0 3.200-2.200 5.300-5.200 6.500-3-1.200-5.200-3.300-5.200-6.500V4zM5.600 8l1.700 1.700 3.100-3.300',
  columns: 'M2.200 12.500h11.600M4 12.500V8M8 12.500V3.500M12 12.500V6',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  play: 'M5 3.200v9.600L12.500 8z',
  branch: 'M4.500 2v12M4.500 9.500c0-3 7-2 7-5.500M11.500 4V2',
  pair: 'M2.500 3h4v10h-4zM9.500 3h4v10h-4z',
  helm: 'M8 1.6v3M8 11.4v3M1.6 8h3M11.4 8h3M8 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM8 8.6a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2z',
  wrench: 'M9.8 6.2 3 13l-.9-.9 6.8-6.8M9 5.5a3 3 0 0 1 4-3l-1.8 1.9.5 1.4 1.4.4L14 4.4a3 3 0 0 1-4 3z',
  cube: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.5 5 8 8.2 13.5 5M8 8.2v6',
  sliders:
    'M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14M10.2 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM5.8 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
  brackets: 'M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4',
  copy: 'M5.5 5.5V3A.8.8 0 0 1 6.3 2.2h6.4a.8.8 0 0 1 .8.8v6.4a.8.8 0 0 1-.8.8h-2.5M3.3 5.5h6.2a.8.8 0 0 1 .8.8v6.4a.8.8 0 0 1-.8.8H3.3a.8.8 0 0 1-.8-.8V6.3a.8.8 0 0 1 .8-.8z',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  close: 'm4 4 8 8M12 4l-8 8',
  down: 'm4 6.5 4 4 4-4',
  right: 'm6.5 4 4 4-4 4',
  left: 'm9.5 4-4 4 4 4',
  thumbUp:
    'M5 7v6H2.5V7zM5 7l2.700-5c1.200.1 1.800 1 1.500 2.200L8.700 6.300h3.600c.9 0 1.500.8 1.300 1.700l-1 4c-.2.6-.7 1-1.300 1H5',
  thumbDown:
    'M11 9V3h2.500v6zM11 9l-2.700 5c-1.200-.1-1.800-1-1.500-2.200L7.300 9.700H3.700c-.9 0-1.500-.8-1.300-1.700l1-4c.2-.6.700-1 1.300-1H11',
  pin: 'M6 2h4l-.5 4.500L12 9H4l2.500-2.500zM8 9v5',
  edit: 'M3 13l.7-3L10.500 3.200l2.300 2.300L6 12.300z',
  picture: 'M2.500 3.500h11v9h-11zM2.500 10.500l3-3 2.500 2.500 2-2 3.500 3.500M10.500 6.200h.01',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.6h-2.6',
  arrow: 'M8 3v10M4 9l4 4 4-4',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  list: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h7',
  flow: 'M5.5 2.500h5v3.500h-5zM2 10h4.500v3.500H2zM9.500 10H14v3.500H9.500zM8 6v2M4.200 10V8h7.600v2',
  clock: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 4.800V8l2.200 1.600',
  send: 'M13.800 2.200 7 9M13.800 2.200 9.500 13.800 7 9 2.200 6.500z',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.7h5.8l.6-8.7',
} as const
export type IconName = keyof typeof shapes

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon-shape" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={shapes[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

export function Wheel() {
  return (
    <svg className="wheel" viewBox="0 0 24 24" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
        <circle cx="12" cy="12" r="6.2" />
        <circle cx="12" cy="12" r="1.7" />
        <path d="M12 1.6v8.7M12 13.7v8.7M1.6 12h8.7M13.7 12h8.7M4.65 4.65l6.15 6.15M13.2 13.2l6.15 6.15M19.35 4.65 13.2 10.8M10.8 13.2l-6.15 6.15" />
      </g>
    </svg>
  )
}
