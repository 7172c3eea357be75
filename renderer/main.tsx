import '@fontsource-variable/inter';
import './app/tokens.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { api } from './api/client';
import { connectRunEvents } from './api/events';
import { App } from './app/App';
import { obey } from './app/requests';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no root');
connectRunEvents();
api.onRequest(obey);
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
