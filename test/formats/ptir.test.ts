import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { describe as say, hdf5, put } from './hdf5-made.js';
import { refusal } from './files.js';

const axis = Float32Array.of(900, 1000);
const inWavenumbers = { units: ['c', 'm', '-', '1'].join('') };

describe('Photothermal .ptir', () => {
  it('places a map and a picture on the stage, whose y rises, and lists single spectra', async () => {
    const file = await hdf5('a.ptir', (made) => {
      // Row after row from the lower left of the stage.
      put(
        made,
        'Measurement_000/Channel_000/Raw_Data',
        Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
        [4, 2],
        { units: 'mV' },
      );
      put(
        made,
        'Measurement_000/Position_Values',
        Float32Array.of(10, 50, 14, 50, 10, 53, 14, 53),
        [4, 2],
      );
      put(
        made,
        'Measurement_000/Spectroscopic_Values',
        axis,
        [1, 2],
        inWavenumbers,
      );
      for (const m of ['Measurement_001', 'Measurement_002']) {
        put(made, `${m}/Channel_000/Raw_Data`, Float32Array.of(7, 8), [1, 2], {
          units: 'mV',
        });
        put(made, `${m}/Spectroscopic_Values`, axis, [1, 2], inWavenumbers);
        say(made, m, { Label: `Point of ${m}` });
        say(made, `${m}/Channel_000`, { Label: 'O-PTIR' });
      }
      put(
        made,
        'Measurement_003/Channel_000/Raw_Data',
        Float32Array.of(7, 8),
        [1, 2],
      );
      say(made, 'Measurement_003', { IsBackground: 1 });
      put(
        made,
        'Images/Image_000',
        new Uint8Array(3 * 2 * 4).fill(200),
        [3, 2, 4],
        {
          Label: 'Camera',
          PositionX: 12,
          PositionY: 51.5,
          SizeWidth: 8,
          SizeHeight: 6,
        },
      );
    });
    const [map, spectra, picture, ...others] = await openFiles([file]);
    expect(others).to.deep.equal([]);
    if (map.kind !== 'cube') throw new Error(map.kind);
    expect([map.cube.width, map.cube.height]).to.deep.equal([2, 2]);
    expect([...map.cube.data]).to.deep.equal([5, 6, 7, 8, 1, 2, 3, 4]);
    expect(map.cube.axis.unit).to.equal('cm-1');
    expect(map.cube.axis.quantity).to.equal('intensity');
    expect(map.cube.geometry.origin).to.deep.equal([10, -53, 0]);
    expect(map.cube.geometry.spacing).to.deep.equal([4, 3, 1]);
    expect(map.cube.geometry.unit).to.equal('µm');
    expect(map.missing).to.deep.equal([]);
    expect(map.warnings).to.deep.equal([
      'The background in Measurement_003 is skipped.',
    ]);
    if (spectra.kind !== 'spectra') throw new Error(spectra.kind);
    expect(spectra.spectra.names).to.deep.equal([
      'Point of Measurement_001',
      'Point of Measurement_002',
    ]);
    expect([...spectra.spectra.data]).to.deep.equal([7, 8, 7, 8]);
    if (picture.kind !== 'picture') throw new Error(picture.kind);
    const { width, height, data, geometry, name } = picture.picture;
    expect([name, width, height, data[0]]).to.deep.equal(['Camera', 2, 3, 200]);
    // It reaches 4 µm to the left of its centre and 3 µm above; a pixel is 4 × 2 µm.
    expect(geometry.origin).to.deep.equal([10, -53.5, 0]);
    expect(geometry.spacing).to.deep.equal([4, 2, 1]);
  });

  it('with bands that its axis does not fit is refused with the reason', async () => {
    const file = await hdf5('a.ptir', (made) => {
      put(
        made,
        'Measurement_000/Channel_000/Raw_Data',
        new Float32Array(6),
        [2, 3],
      );
      put(made, 'Measurement_000/Spectroscopic_Values', axis, [1, 2]);
    });
    expect(await refusal(file)).to.contain('3 bands and 2 positions for them');
  });
});
