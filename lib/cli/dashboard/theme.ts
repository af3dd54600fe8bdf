import { BehaviorSubject, distinctUntilChanged, fromEvent, map, merge, shareReplay, type Observable } from 'rxjs'

/** The colours of what is drawn, as the style sheet has them. */
export interface Colours {
  readonly background: string
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly bid: string
  readonly ask: string
  readonly warning: string
}

/** What is drawn in, and what changes it. */
export interface Theme {
  readonly colours$: Observable<Colours>
  /** From dark to light and back. */
  readonly toggle: () => void
}

const coloursNow = (): Colours => {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ...{ background: colour('pane'), text: colour('text'), quiet: colour('quiet'), line: colour('line') },
    ...{ bid: colour('bid'), ask: colour('ask'), warning: colour('warning') },
  }
}

/** The host's own choice, until somebody makes another one. */
export const createTheme = (): Theme => {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const chosen$ = new BehaviorSubject<string | undefined>(undefined)
  const isDark = () => (chosen$.value ?? (dark.matches ? 'dark' : 'light')) === 'dark'
  return {
    colours$: merge(chosen$, fromEvent(dark, 'change')).pipe(
      map(() => (isDark() ? 'dark' : 'light')),
      distinctUntilChanged(),
      map((theme) => {
        root.dataset['theme'] = theme
        return coloursNow()
      }),
      shareReplay({ bufferSize: 1, refCount: false }),
    ),
    toggle: () => chosen$.next(isDark() ? 'light' : 'dark'),
  }
}
