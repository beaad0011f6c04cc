import { expect } from '@open-wc/testing';
import { type CubeEdit, type Edit, Edits } from '../../src/elements/edits.js';
import { sessions } from '../fixtures/sessions.js';

const { done } = sessions();
const { cube, chain, request } = done;
if (cube.state !== 'ready') throw new Error('not ready');

const cubeEdit = (endmembers: number): CubeEdit => ({
  ...done,
  cube,
  steps: chain.steps,
  applied: chain.applied,
  said: {},
  request: { ...request, endmembers },
});
let at = 0;
const editOf = (cubes: Readonly<Record<string, CubeEdit>>): Edit => ({
  ...done,
  layers: [],
  at: (at += 1),
  composite: false,
  cubes: new Map(Object.entries(cubes)),
});
const edit = (endmembers: number): Edit =>
  editOf({ 'cube-1': cubeEdit(endmembers) });
const endmembersOf = (of: Edit | null, id = 'cube-1'): number | undefined =>
  of?.cubes.get(id)?.request.endmembers;

describe('Edits', () => {
  it('takes back and does again', () => {
    const edits = new Edits();
    edits.before('count', edit(5), 0);
    expect(endmembersOf(edits.undo(edit(6)))).to.equal(5);
    expect(endmembersOf(edits.redo(edit(5)))).to.equal(6);
    expect(edits.redo(edit(6))).to.equal(null);
  });

  it('counts a slider that is dragged as one step, and forgets what was taken back at the next', () => {
    const edits = new Edits();
    edits.before('opacity', edit(1), 0);
    edits.before('opacity', edit(2), 100);
    edits.before('opacity', edit(3), 2000);
    expect(endmembersOf(edits.undo(edit(4)))).to.equal(3);
    expect(endmembersOf(edits.undo(edit(3)))).to.equal(1);
    expect(edits.canUndo).to.equal(false);
    edits.before('name', edit(1), 4000);
    expect(edits.canRedo).to.equal(false);
  });

  it('forgets the steps that were about a cube which is gone, and keeps those about another', () => {
    const [first, second] = [1, 2].map(cubeEdit);
    const edits = new Edits();
    edits.before('a', editOf({ 'cube-1': first, 'cube-2': first }), 0);
    edits.before('b', editOf({ 'cube-1': second, 'cube-2': first }), 2000);
    edits.before('c', editOf({ 'cube-1': second, 'cube-2': second }), 4000);
    const now = editOf({ 'cube-2': second });
    edits.forget('cube-1', now);
    const back = edits.undo(now);
    expect(endmembersOf(back, 'cube-2')).to.equal(1);
    expect(back?.cubes.has('cube-1')).to.equal(false);
    expect(edits.canUndo).to.equal(false);
  });
});
