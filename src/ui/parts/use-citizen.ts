import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CitizenActions, CitizenModel } from '../citizen-view.ts';
import type { PreviewFeed } from '../link/preview-feed.ts';
import type { GlassFormat } from './use-glass.ts';

/** What every part of the citizen's page may need. */
export interface CitizenScope {
  readonly model: CitizenModel;
  readonly actions: CitizenActions;
  readonly feed: PreviewFeed;
  readonly format: GlassFormat;
}

export const CitizenContext = createContext<CitizenScope | null>(null);

export function useCitizen(): CitizenScope {
  const scope = useContext(CitizenContext);
  if (!scope) throw new Error('outside the citizen page');
  return scope;
}
