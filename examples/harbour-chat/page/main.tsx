import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.js';

const place = document.getElementById('page');
if (place) createRoot(place).render(<StrictMode><Chat /></StrictMode>);
