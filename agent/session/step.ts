import type { Effect, Sound } from './event.ts';
import type { Phase, State } from './state.ts';

/** What the machine answers to one event. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Enters a phase, which begins a new turn: whatever was under way for the last one is stale. */
export function enter(state: State, phase: Phase, effects: (turn: number) => readonly Effect[]): Step {
  const turn = state.turn + 1;
  return { state: { ...state, turn, phase }, effects: effects(turn) };
}

/** Changes something within the phase, in the same turn. */
export function within(state: State, phase: Phase, effects: readonly Effect[]): Step {
  return { state: { ...state, phase }, effects };
}

export function unchanged(state: State): Step {
  return { state, effects: [] };
}

/** A person did something that has no meaning now; it is heard, and changes nothing. */
export function ignored(state: State): Step {
  return { state, effects: [sound('ignored')] };
}

export function sound(name: Sound): Effect {
  return { kind: 'sound', sound: name };
}
