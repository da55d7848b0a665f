"""The same change for many clients, as a background job."""
