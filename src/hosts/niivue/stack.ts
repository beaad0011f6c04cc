import type { Layer } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import { UnmixingError } from '../../spectral/errors.js';
import { commonGrid, gridOf, sameRaster } from './grid.js';
import { DrawnLayer, fill, makeVolume } from './layers.js';
import type { Niivue, Volume } from './viewer.js';
import { geometryOf } from './world.js';

/** A layer of a stack; as the host's handle, but at once. */
export interface StackedLayer {
  readonly id: string;
  readonly update: (layer: Layer) => void;
  readonly remove: () => void;
}

/** niivue's texture unit for all volumes but the first, blended. */
const overlayUnit = 2;

/**
 * Our layers as volumes of niivue, above its own. niivue draws all volumes in the grid of the first; where it has none of its
 * own, an invisible one with room for every layer, and as fine as the finest, lies below ours.
 */
export class LayerStack {
  #layers: DrawnLayer[] = [];
  #ground: Volume | null = null;
  readonly #made = new WeakSet<Volume>();
  #sampler: WebGLSampler | null = null;
  #texture: WebGLTexture | null;
  #asked = 0;
  #closed = false;

  constructor(readonly nv: Niivue) {
    this.#texture = nv.overlayTexture;
  }

  get all(): readonly DrawnLayer[] {
    return this.#layers;
  }

  /** The viewer's own volumes. */
  get others(): Volume[] {
    return this.nv.volumes.filter((volume) => !this.isOurs(volume));
  }

  readonly isOurs = (volume: Volume): boolean => this.#made.has(volume);

  /** @throws UnmixingError when the layer cannot be drawn, before anything is added */
  async add(layer: Layer): Promise<StackedLayer> {
    renderLayer(layer);
    this.#refuseTwice(layer);
    this.#ground ??= await this.#make('bytes');
    const drawn = new DrawnLayer(layer, await this.#make('rgba'));
    this.#refuseTwice(layer);
    if (this.#closed)
      throw new UnmixingError('host', 'The viewer was left meanwhile.');
    this.#layers.push(drawn);
    this.ask();
    return {
      id: layer.id,
      update: (next) => {
        if (!this.#layers.includes(drawn))
          throw new UnmixingError(
            'host',
            `invalid layer: ${layer.id} was removed (want a layer that is drawn)`,
          );
        if (!sameLook(drawn.layer, next)) renderLayer(next);
        drawn.layer = next;
        this.ask();
      },
      remove: () => {
        if (!this.#layers.includes(drawn)) return;
        this.#layers = this.#layers.filter((one) => one !== drawn);
        this.ask();
      },
    };
  }

  order(ids: readonly string[]): void {
    const rank = ({ layer }: DrawnLayer): number => ids.indexOf(layer.id);
    this.#layers = [...this.#layers].sort((a, b) => rank(a) - rank(b));
    this.ask();
  }

  /** Leaves niivue with its own volumes, for good. */
  close(): void {
    this.#closed = true;
    this.#layers = [];
    cancelAnimationFrame(this.#asked);
    const { gl } = this.nv;
    if (this.#sampler) gl.bindSampler(overlayUnit, null);
    gl.deleteSampler(this.#sampler);
    this.#sampler = null;
    if (this.nv.volumes.some(this.isOurs)) this.arrange();
  }

  /** Arranges with the next frame: niivue draws all its volumes anew for every change, so of many in a row there is one. */
  ask(): void {
    this.#asked ||= requestAnimationFrame(() => this.arrange());
  }

  /** Arranges at once what is asked for. */
  settle(): void {
    if (this.#asked) this.arrange();
  }

  /** Makes the viewer's list of volumes what it should be. */
  arrange(): void {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    const { nv } = this;
    const most = nv.gl.getParameter(nv.gl.MAX_3D_TEXTURE_SIZE) as number;
    const { others } = this;
    if (others.length === 0) this.#spread(most);
    for (const drawn of this.#layers)
      drawn.draw(isSlab(drawn, others.at(0)), most);
    const wanted = this.#wanted(others);
    const [first] = nv.volumes;
    if (wanted.length > 0) {
      nv.volumes = wanted;
      nv.setVolume(wanted.at(-1)!, wanted.length - 1);
    } else if (nv.volumes.length > 0) {
      nv.volumes = [first];
      nv.removeVolume(first);
    }
  }

  /** After niivue has drawn its volumes: arranges again where the page has changed their list. */
  follow(): void {
    this.#free();
    const wanted = this.#wanted(this.others);
    const { volumes } = this.nv;
    if (
      wanted.length !== volumes.length ||
      wanted.some((volume, i) => volume !== volumes[i])
    )
      this.ask();
    this.#interpolate();
  }

  #wanted(others: readonly Volume[]): Volume[] {
    const ours = this.#layers.map(({ volume }) => volume);
    const below =
      others.length === 0 && this.#ground && ours.length > 0
        ? [this.#ground]
        : others;
    return [...below, ...ours];
  }

  /** Gives the volume below ours room for them all. */
  #spread(most: number): void {
    if (!this.#ground || this.#layers.length === 0) return;
    const { geometry, width, height } = commonGrid(
      this.#layers.map(({ layer }) => gridOf(layer)),
      most,
    );
    const values = new Uint8Array(width * height);
    fill(this.#ground, [width, height, 1], values, geometry);
    this.#ground.name = 'Stratigraph';
    this.#ground.opacity = 0;
  }

  /** niivue makes a texture of the background's size for overlays with every update, and frees none. */
  #free(): void {
    const { gl, overlayTexture } = this.nv;
    if (this.#texture !== overlayTexture) gl.deleteTexture(this.#texture);
    this.#texture = overlayTexture;
  }

  /**
   * niivue interpolates overlays as it does its background. Where all are ours a sampler of WebGL, which goes before what a
   * texture says, has them go by their own style: linear when every layer that is seen asks for it.
   */
  #interpolate(): void {
    const { gl, volumes } = this.nv;
    const seen = this.#layers.filter(({ layer }) => layer.style.visible);
    const ours = seen.length > 0 && volumes.slice(1).every(this.isOurs);
    if (ours) this.#sampler ??= clampedSampler(gl);
    if (!this.#sampler) return;
    const linear = seen.every(
      ({ layer }) => layer.style.interpolation === 'linear',
    );
    const filter = linear ? gl.LINEAR : gl.NEAREST;
    gl.samplerParameteri(this.#sampler, gl.TEXTURE_MIN_FILTER, filter);
    gl.samplerParameteri(this.#sampler, gl.TEXTURE_MAG_FILTER, filter);
    gl.bindSampler(overlayUnit, ours ? this.#sampler : null);
  }

  async #make(kind: 'rgba' | 'bytes'): Promise<Volume> {
    const volume = await makeVolume(this.nv, kind);
    this.#made.add(volume);
    return volume;
  }

  #refuseTwice({ id }: Layer): void {
    if (this.#layers.some(({ layer }) => layer.id === id))
      throw new UnmixingError(
        'host',
        `invalid layer: ${id} is drawn already (want another id, or an update)`,
      );
  }
}

function clampedSampler(gl: WebGL2RenderingContext): WebGLSampler {
  const sampler = gl.createSampler();
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, gl.TEXTURE_WRAP_R])
    gl.samplerParameteri(sampler, side, gl.CLAMP_TO_EDGE);
  return sampler;
}

/**
 * Whether a layer is to be seen on its own slice alone: over volumes with slices in space. Where the slices are bands, as of the
 * volume it was made from, it is seen on all of them.
 */
function isSlab(
  { layer }: DrawnLayer,
  background: Volume | undefined,
): boolean {
  if (!background || background.hdr.dims[3] < 2) return false;
  return (
    background.nTotalFrame4D > 1 ||
    !sameRaster(gridOf(layer), {
      geometry: geometryOf(background),
      width: background.hdr.dims[1],
      height: background.hdr.dims[2],
    })
  );
}
