import '@fontsource-variable/inter';
import './app/tokens.css';
import './app/base.css';

// After a frame with what index.html shows: the program takes longer to begin than all before it.
requestAnimationFrame(() => setTimeout(() => void import('./startApp')));
