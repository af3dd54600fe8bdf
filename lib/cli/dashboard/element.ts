/** An element of the page. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'style' | 'dataset'>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  Object.assign(made, properties)
  made.append(...children)
  return made
}

/** Changes a text where it is another one. */
export const setText = (node: Node, text: string): void => {
  if (node.textContent !== text) node.textContent = text
}

/** A part of the page under a heading. */
export const pane = (id: string, title: string, ...children: readonly (Node | string)[]): HTMLElement => {
  const heading = element('h2', { id: `${id}-title` }, title)
  const section = element('section', { id, className: 'pane', tabIndex: -1 }, heading, ...children)
  section.setAttribute('aria-labelledby', heading.id)
  return section
}
