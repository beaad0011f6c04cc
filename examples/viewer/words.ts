import type { Backend } from 'stratigraph';

export const backendNames: Readonly<Record<Backend, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

/** With a true minus and thin spaces between thousands. */
export function number(value: number, decimals = 0): string {
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009');
  const sign = value < 0 && Number(value.toFixed(decimals)) ? '\u2212' : '';
  return sign + digits + (part ? `.${part}` : '');
}
