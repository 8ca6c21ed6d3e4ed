/** A row of a list goes away, and focus must not go with it: the last button of the next row takes it. */
export function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('li')
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling
  neighbour?.querySelector<HTMLElement>('button:last-child')?.focus()
}
