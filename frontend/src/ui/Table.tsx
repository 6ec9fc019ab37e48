import type { ReactNode } from 'react'
import './table.css'

/** Rows of the same kind; columns of class "wide" are left out on a phone. */
export function Table({ tall = false, children }: { tall?: boolean; children: ReactNode }) {
  return <table className={tall ? 'rows tall' : 'rows'}>{children}</table>
}
