-- Pictures may expire. `at` says when each was last shown; a tenant's are looked through when it shows a new one.

GRANT UPDATE (at), DELETE ON images TO ${app};
