"""What only leaders can clear away: barriers, raised by teams, answered by the leaders of their areas."""
