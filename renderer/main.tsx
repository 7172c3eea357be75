import '@fontsource-variable/inter';
import './app/tokens.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectRunEvents } from './api/events';
import { App } from './app/App';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no root');
connectRunEvents();
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
