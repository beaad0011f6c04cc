import type { Backend } from './options.js';

/** A place where a network could train. */
export interface Place {
  readonly backend: Backend;
  /** Name of a renderer that only imitates a GPU on the processor; null for the real thing. */
  readonly software: string | null;
}

const softwareRenderer =
  /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

const softwareName = (renderer: string): string | null =>
  softwareRenderer.test(renderer) ? renderer.trim() : null;

async function probeWebgpu(): Promise<Place | null> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) return null;
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, device, description } = adapter.info;
  return {
    backend: 'webgpu',
    software: softwareName(
      [vendor, architecture, device, description].join(' '),
    ),
  };
}

function probeWebgl(): Place | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return null;
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(
    names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER,
  );
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return { backend: 'webgl', software: softwareName(String(renderer)) };
}

/** What this page, worker or process could train on, best first; nothing heavy is loaded to find out. */
export async function findPlaces(): Promise<readonly Place[]> {
  const places: (Place | null)[] = [
    await probeWebgpu().catch(() => null),
    probeWebgl(),
    typeof WebAssembly === 'undefined'
      ? null
      : { backend: 'wasm', software: null },
    { backend: 'cpu', software: null },
  ];
  return places.filter((place) => place !== null);
}
