-- What a run carries out is a program of a kind; `agent` is its name, which every kind has. A replica of 0.1.0 beside this
-- version says no kind, and all it knows are agents.
ALTER TABLE runs ADD COLUMN kind text NOT NULL DEFAULT 'agent';
