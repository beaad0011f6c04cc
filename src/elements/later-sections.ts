/** The sections of the panel that have nothing to show before a cube is open. */
import './bands-section.js';
import './correct-section.js';
import './cube-section.js';
import './endmembers/endmembers.js';
import './overlays-section.js';
import './results-section.js';
import './unmix-section.js';
