/** Textures that come to the GPU and stay there, until the watch ends. */
export function watchTextures(): { alive: Set<WebGLTexture>; end(): void } {
  const alive = new Set<WebGLTexture>();
  const prototype = WebGL2RenderingContext.prototype;
  const create: () => WebGLTexture = Reflect.get(prototype, 'createTexture');
  const remove: (gone: WebGLTexture | null) => void = Reflect.get(
    prototype,
    'deleteTexture',
  );
  prototype.createTexture = function () {
    const made = create.call(this);
    alive.add(made);
    return made;
  };
  prototype.deleteTexture = function (gone) {
    if (gone) alive.delete(gone);
    remove.call(this, gone);
  };
  return {
    alive,
    end: () =>
      Object.assign(prototype, {
        createTexture: create,
        deleteTexture: remove,
      }),
  };
}
